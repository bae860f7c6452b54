using System.CommandLine;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;

namespace Market.Node.Cli.Verbs;

/// <summary>Where the organiser's token comes from: an option, a data folder, the environment, or <c>./data</c>, in this order.</summary>
public sealed class AdminTokenFlags
{
    /// <summary>For the help of a verb that has these.</summary>
    public const string Note = "The organiser's token comes from --admin-token, --data, MARKET_ADMIN_TOKEN, or for a node on this machine ./data.";

    private readonly Option<string?> _token = Typed.Text("--admin-token", "TOKEN", "The organiser's token.");
    private readonly Option<string?> _data = Typed.Folder("--data", $"The node's data folder, with its {Tokens.AdminFileName}.");

    /// <param name="recursive">Whether they hold for all verbs below it.</param>
    public AdminTokenFlags(Verb verb, bool recursive = false)
    {
        (_token.Recursive, _data.Recursive) = (recursive, recursive);
        verb.Add(_token);
        verb.Add(_data);
    }

    /// <summary>The token, never to be shown.</summary>
    /// <exception cref="WrongUsageException">There is none.</exception>
    public string Of(ClientCall call)
    {
        var token = Find(call);
        call.Terminal.Hide(token);
        return token;
    }

    private string Find(ClientCall call)
    {
        if (call.Value(_token) is { } typed) { return Tokens.Checked(typed, "--admin-token"); }
        if (call.Value(_data) is { } data) { return Tokens.ReadFile(call.Around.PathOf(Path.Combine(data, Tokens.AdminFileName))); }
        if (call.Around.Set(Tokens.AdminVariable) is { } set) { return Tokens.Checked(set, Tokens.AdminVariable); }
        // A token nobody named is not sent to another machine.
        var usual = call.Around.PathOf(Path.Combine("data", Tokens.AdminFileName));
        return call.Node.Node.IsLoopback && File.Exists(usual)
            ? Tokens.ReadFile(usual)
            : throw new WrongUsageException($"No organiser's token: set {Tokens.AdminVariable}, or give --data with the node's data folder.");
    }
}

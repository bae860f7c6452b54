using System.CommandLine;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Protocol.Values;

namespace Market.Node.Cli.Verbs;

/// <summary>Where a trader's token comes from: an option, a file, or the environment, in this order.</summary>
public sealed class TraderTokenFlags
{
    /// <summary>For the help of a verb that has these.</summary>
    public const string Note = "The token comes from --token, --token-file or MARKET_TOKEN; others on the machine can read what is typed, not the other two.";

    private readonly Option<string?> _token = Typed.Text("--token", "TOKEN", "The trader's token.");
    private readonly Option<string?> _file = Typed.File("--token-file", "A file with the trader's token.");

    public void AddTo(Verb verb)
    {
        verb.Add(_token);
        verb.Add(_file);
        verb.Validators.Add(given =>
        {
            if (given.GetValue(_token) is not null && given.GetValue(_file) is not null) { given.AddError("--token and --token-file exclude each other."); }
        });
    }

    /// <summary>The token, never to be shown.</summary>
    /// <param name="trader">Whom it must be of, when it tells.</param>
    /// <exception cref="WrongUsageException">There is none, or it is another trader's.</exception>
    public string Of(ClientCall call, TraderKey trader)
    {
        var token = Find(call);
        call.Terminal.Hide(token);
        return Tokens.OwnerOf(token) is { } owner && !owner.Equals(trader)
            ? throw new WrongUsageException($"This token is {owner}'s, not {trader}'s.")
            : token;
    }

    private string Find(ClientCall call)
    {
        if (call.Value(_token) is { } typed) { return Tokens.Checked(typed, "--token"); }
        if (call.Value(_file) is { } file) { return Tokens.ReadFile(call.Around.PathOf(file)); }
        return call.Around.Set(Tokens.TraderVariable) is { } set
            ? Tokens.Checked(set, Tokens.TraderVariable)
            : throw new WrongUsageException($"No token: set {Tokens.TraderVariable} or give --token-file. To get one: monkonomy trader join TEAM/name");
    }
}

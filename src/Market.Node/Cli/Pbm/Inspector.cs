using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Node.Cli.Screen;
using Market.Node.Cli.Verbs;

namespace Market.Node.Cli.Pbm;

/// <summary>One run of a verb of <c>pbm</c>: a client's call with the organiser's token.</summary>
public sealed class Inspection(ClientCall call, string token)
{
    private const string At = "api/admin/pbm";

    public ClientCall Call => call;

    public Terminal Terminal => call.Terminal;

    public T? Value<T>(Option<T> option) => call.Value(option);

    public T Value<T>(Argument<T> argument) => call.Value(argument);

    /// <summary>Looks at something of the node that was named.</summary>
    /// <param name="query">Left out where null.</param>
    public Task<JsonElement> LookAsync(string path, CancellationToken cancel, params ReadOnlySpan<(string Key, object? Value)> query) =>
        call.Node.GetAsync(PathOf(path, query), cancel, token);

    public Task<JsonElement> ActAsync(string path, JsonNode? body, CancellationToken cancel, params ReadOnlySpan<(string Key, object? Value)> query) =>
        call.Node.PostAsync(PathOf(path, query), body, token, cancel);

    /// <summary>The same look at every member of the cluster; one that does not answer is told of, and left out.</summary>
    public async Task<IReadOnlyList<JsonElement>> LookAtAllAsync(string path, CancellationToken cancel, params (string Key, object? Value)[] query)
    {
        var cluster = await LookAsync("cluster", cancel);
        var seen = new List<JsonElement>();
        foreach (var name in cluster.Rows("members").Select(member => member.Text("node")))
        {
            try
            {
                seen.Add(await LookAsync(path, cancel, [("node", name), .. query]));
            }
            catch (NodeProblemException silent) when (!silent.Problem.IsRefusal || silent.Problem.Status == 404)
            {
                Terminal.Say(silent.Problem.Detail ?? silent.Problem.Name);
            }
        }
        return seen;
    }

    private static string PathOf(string path, ReadOnlySpan<(string Key, object? Value)> query)
    {
        var at = $"{At}/{path}";
        foreach (var (key, value) in query)
        {
            if (value is not null) { at += $"{(at.Contains('?') ? '&' : '?')}{key}={Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!)}"; }
        }
        return at;
    }
}

/// <summary>Makes the verbs of <c>pbm</c>: each gets the options and the token of all.</summary>
public sealed class Inspector(ClientVerbs clients, AdminTokenFlags token)
{
    public Verb Acting(Verb verb, Func<Inspection, CancellationToken, Task<int>> act) =>
        clients.Acting(verb, (call, cancel) => act(new Inspection(call, token.Of(call)), cancel));

    /// <summary>One that shows until Ctrl-C.</summary>
    public Verb Showing(Verb verb, Func<Inspection, CancellationToken, Task> show) => Acting(verb, async (look, cancel) =>
    {
        try
        {
            await show(look, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ctrl-C is how a person ends it.
        }
        return ExitCode.Done;
    });
}

using System.CommandLine;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Verbs;

/// <summary>The verbs that speak to a node, and the one policy for what can go wrong with it.</summary>
public sealed class ClientVerbs(Surroundings around)
{
    private readonly ClientFlags _flags = new(around);

    public IEnumerable<Verb> All() =>
    [
        BoardVerb.Of(this),
        TraderVerb.Of(this),
        SendVerb.Of(this),
        GibbVerb.Of(this),
        WatchVerb.Of(this),
        AdminVerb.Of(this),
        BenchVerb.Of(this),
    ];

    /// <summary>Gives a verb the options of every client, and its action.</summary>
    public Verb Acting(Verb verb, Func<ClientCall, CancellationToken, Task<int>> act)
    {
        _flags.AddTo(verb);
        verb.SetAction((parsed, cancel) => RunAsync(parsed, act, cancel));
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<ClientCall, CancellationToken, Task<int>> act, CancellationToken cancel)
    {
        var terminal = new Terminal(around, parsed.GetValue(_flags.Json));
        try
        {
            using var node = new NodeClient(_flags.NodeOf(parsed), parsed.GetValue(_flags.Market));
            return await GuardAsync(new ClientCall(parsed, around, terminal, node), act, cancel);
        }
        catch (WrongUsageException wrong)
        {
            terminal.Say(wrong.Message);
            return ExitCode.WrongUsage;
        }
    }

    private static async Task<int> GuardAsync(ClientCall call, Func<ClientCall, CancellationToken, Task<int>> act, CancellationToken cancel)
    {
        try
        {
            return await act(call, cancel);
        }
        catch (NodeProblemException answered)
        {
            call.Terminal.Tell(answered.Problem);
            return answered.Problem.IsRefusal ? ExitCode.Refused : ExitCode.Failed;
        }
        catch (NodeFailedException failed)
        {
            call.Terminal.Tell("NODE_FAILED", Explain(failed, call.Node));
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            call.Terminal.Say("Stopped before there was an answer.");
            return ExitCode.Failed;
        }
    }

    private static string Explain(NodeFailedException failed, NodeClient client)
    {
        var node = client.Node.GetLeftPart(UriPartial.Authority);
        if (!failed.NobodyListens) { return $"{node}: {failed.Message}"; }
        var where = client.Node.IsLoopback ? "Start one with" : "Check the address, or start one there with";
        return $"No node answers at {node}: {failed.Message}. {where}: monkonomy run --http {(client.Node.IsLoopback ? "127.0.0.1" : "*")}:{client.Node.Port}";
    }
}

using System.CommandLine;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Pbm;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Verbs;

/// <summary>The verbs that speak to a node, and the one policy for what can go wrong with it.</summary>
public sealed class ClientVerbs
{
    private readonly Surroundings _around;
    private readonly ClientFlags _flags;
    private readonly bool _addsFlags;

    public ClientVerbs(Surroundings around) : this(around, new ClientFlags(around), addsFlags: true)
    {
    }

    private ClientVerbs(Surroundings around, ClientFlags flags, bool addsFlags) => (_around, _flags, _addsFlags) = (around, flags, addsFlags);

    public IEnumerable<Verb> All() =>
    [
        BoardVerb.Of(this),
        TraderVerb.Of(this),
        SendVerb.Of(this),
        GibbVerb.Of(this),
        WatchVerb.Of(this),
        AdminVerb.Of(this),
        BenchVerb.Of(this),
        PbmVerb.Of(this),
    ];

    /// <summary>For verbs below one: that has the options of every client once for all of them.</summary>
    public ClientVerbs Below(Verb parent)
    {
        var flags = new ClientFlags(_around, recursive: true);
        flags.AddTo(parent);
        return new ClientVerbs(_around, flags, addsFlags: false);
    }

    /// <summary>Gives a verb the options of every client, and its action.</summary>
    public Verb Acting(Verb verb, Func<ClientCall, CancellationToken, Task<int>> act)
    {
        if (_addsFlags) { _flags.AddTo(verb); }
        verb.SetAction((parsed, cancel) => RunAsync(parsed, act, cancel));
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<ClientCall, CancellationToken, Task<int>> act, CancellationToken cancel)
    {
        var terminal = new Terminal(_around, parsed.GetValue(_flags.Json));
        try
        {
            using var node = new NodeClient(_flags.NodeOf(parsed), parsed.GetValue(_flags.Market));
            return await GuardAsync(new ClientCall(parsed, _around, terminal, node), act, cancel);
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

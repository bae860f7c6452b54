using System.CommandLine;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Verbs;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm</c>: looks inside a node and its cluster, one look at a time or at a prompt.</summary>
public static class PbmVerb
{
    public const string Name = "pbm";

    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb(Name, "Look inside a node and its cluster: actors, shards, journal, log. Without a verb: a prompt.", "monkonomy pbm cluster show", "monkonomy pbm --node http://127.0.0.1:5081")
        {
            Notes =
            [
                AdminTokenFlags.Note,
                "What is shown of another node is fetched from it by the node that --node names, with the same token.",
                "At the prompt: Tab completes, the arrows go through what was typed, exit ends. When its input is no terminal it takes a line after the other, and ends with the first exit code that was not 0.",
            ],
        };
        var inside = clients.Below(verb);
        var inspector = new Inspector(inside, new AdminTokenFlags(verb, recursive: true));
        verb.Add(ClusterVerbs.Of(inspector));
        verb.Add(ShardingVerbs.Of(inspector));
        verb.Add(ActorVerbs.Of(inspector));
        verb.Add(JournalVerbs.Of(inspector));
        verb.Add(LogVerbs.Of(inspector));
        verb.Add(LogVerbs.DeadLetters(inspector));
        verb.Add(Price(inside));
        verb.Add(Help(inside));
        return inspector.Acting(verb, (look, cancel) => new Prompt(look, verb).RunAsync(cancel));
    }

    private static Verb Price(ClientVerbs clients)
    {
        var verb = new Verb("price", "The price.", "monkonomy pbm price watch");
        var watch = new Verb("watch", "The price as it moves, until Ctrl-C.", "monkonomy pbm price watch --count 10");
        var count = watch.With(Typed.Whole("--count", "End after N prices.", 1));
        verb.Add(clients.Acting(watch, async (call, cancel) =>
        {
            try
            {
                await WatchVerb.FollowAsync(call, new Hello(null, null, ["price"]), call.Value(count) ?? long.MaxValue, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Ctrl-C is how a person ends it.
            }
            return ExitCode.Done;
        }));
        return verb;
    }

    private static Verb Help(ClientVerbs clients)
    {
        var verb = new Verb("help", "What there is, or what a verb does.", "monkonomy pbm help actor show");
        var words = verb.With(new Argument<string[]>("VERB") { Description = "The verb.", Arity = ArgumentArity.ZeroOrMore });
        return clients.Acting(verb, (call, cancel) => RunAsync(call.Around, [.. call.Value(words), "--help"], cancel));
    }

    /// <summary>Runs one line below <c>pbm</c>.</summary>
    internal static Task<int> RunAsync(Surroundings around, IEnumerable<string> words, CancellationToken cancel)
    {
        var root = CommandLine.WithHelp(new RootCommand { HelpName = "monkonomy" });
        root.Add(Of(new ClientVerbs(around)));
        return CommandLine.RunAsync(root, [Name, .. words], around, stopTimeout: null, cancel);
    }
}

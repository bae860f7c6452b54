using System.Text.Json;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm cluster listen</c>: joins, leaves and handovers as they happen.</summary>
public static class ListenVerb
{
    /// <summary>As often as nodes tell each other that they are there: more looks would see no more.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("listen", "Joins, leaves and handovers of shards as they happen, until Ctrl-C.", "monkonomy pbm cluster listen", "monkonomy pbm cluster listen --count 3 --json")
        {
            Notes = ["It begins with who is there and who owns what. What the node it looks through does not hear, it does not see."],
        };
        var count = verb.With(Typed.Whole("--count", "End after N changes.", 1));
        return inspector.Showing(verb, (look, cancel) => FollowAsync(look, look.Value(count) ?? long.MaxValue, cancel));
    }

    private static async Task FollowAsync(Inspection look, long count, CancellationToken cancel)
    {
        JsonElement? before = null;
        while (true)
        {
            var now = await look.LookAsync("cluster", cancel);
            foreach (var change in ClusterChanges.Between(before, now))
            {
                Show(look.Terminal, change);
                if (--count == 0) { return; }
            }
            before = now;
            await Task.Delay(Every, cancel);
        }
    }

    private static void Show(Terminal terminal, ClusterChange change)
    {
        var time = DateTimeOffset.UtcNow;
        if (terminal.Json)
        {
            terminal.Write(JsonSerializer.SerializeToElement(new { time, what = change.What, node = change.Node, shard = change.Shard, from = change.From }));
            return;
        }
        var shard = change.Shard is null ? "" : $" {terminal.Show(change.Shard)}{(change.From is null ? "" : $" from {terminal.Show(change.From)}")}";
        terminal.Line($"[dim]{Numbers.Clock(time)}[/] {terminal.Show(change.Node)} {change.What}{shard}");
    }
}

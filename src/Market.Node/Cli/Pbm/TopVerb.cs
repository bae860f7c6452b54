using System.Globalization;
using System.Text.Json;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Spectre.Console;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm actor top</c>: the busiest, slowest or fullest mailboxes, live.</summary>
public static class TopVerb
{
    private static readonly Dictionary<string, TopOrder> Orders = new() { ["busy"] = TopOrder.Busiest, ["slow"] = TopOrder.Slowest, ["full"] = TopOrder.Fullest };

    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("top", "The busiest, slowest or fullest mailboxes, live, until Ctrl-C.", "monkonomy pbm actor top --by full", "monkonomy pbm actor top --count 1 --json")
        {
            Notes = ["A mailbox is its shard's: the actors on it share it. Its wait is what waits divided by the events a second; a mailbox that does not move has none to tell."],
        };
        var by = verb.With(Typed.OneOf("--by", "What comes first (default: busy).", Orders));
        var every = verb.With(Typed.Value("--every", "DURATION", "Between two looks (default: 1s).", text => Duration.TryRead(text, out var read) ? read : (TimeSpan?)null, "a duration such as 500ms, 1s or 1m"));
        var count = verb.With(Typed.Whole("--count", "End after N tables (default: one when nobody looks).", 1));
        var paging = new Paging(verb, from: null);
        return inspector.Showing(verb, (look, cancel) =>
        {
            var tables = look.Value(count) ?? (look.Terminal.IsLive ? long.MaxValue : 1);
            return new Top(look, look.Value(by) ?? TopOrder.Busiest, look.Value(every) ?? TimeSpan.FromSeconds(1), paging.Limit(look)).ShowAsync(tables, cancel);
        });
    }

    private sealed class Top(Inspection look, TopOrder order, TimeSpan every, int limit)
    {
        private IReadOnlyList<JsonElement> _before = [];

        public async Task ShowAsync(long tables, CancellationToken cancel)
        {
            _before = await NodesAsync(cancel);
            if (!look.Terminal.IsLive)
            {
                for (var shown = 0L; shown < tables; shown++) { Write(await NextAsync(cancel)); }
                return;
            }
            var live = look.Terminal.Console.Live(Drawn(await NextAsync(cancel))).Overflow(VerticalOverflow.Ellipsis);
            await live.StartAsync(async context =>
            {
                context.Refresh();
                for (var shown = 1L; shown < tables; shown++) { context.UpdateTarget(Drawn(await NextAsync(cancel))); }
            });
        }

        private Task<IReadOnlyList<JsonElement>> NodesAsync(CancellationToken cancel) => look.LookAtAllAsync("shards", cancel, ("limit", 1_000));

        private async Task<IReadOnlyList<BusyMailbox>> NextAsync(CancellationToken cancel)
        {
            await Task.Delay(every, cancel);
            var after = await NodesAsync(cancel);
            var rows = BusyMailbox.Between(_before, after, order).Take(limit).ToList();
            _before = after;
            return rows;
        }

        private void Write(IReadOnlyList<BusyMailbox> rows)
        {
            if (look.Terminal.Json) { look.Terminal.Write(JsonSerializer.SerializeToElement(new { mailboxes = rows }, JsonSerializerOptions.Web)); }
            else { look.Terminal.Draw(Drawn(rows)); }
        }

        private Table Drawn(IReadOnlyList<BusyMailbox> rows) => Sheet.Of(look.Terminal, ["shard", "node", "#events/s", "#waiting", "#wait ms", "#traders", "actors"], rows.Select(row => new[]
        {
            row.Path, row.Node, row.EventsPerSecond.ToString("0.0", CultureInfo.InvariantCulture), Numbers.Whole(row.Waiting), row.WaitMs is { } wait ? Numbers.Whole(wait) : "-",
            Numbers.Whole(row.Traders), row.Actors,
        }));
    }
}

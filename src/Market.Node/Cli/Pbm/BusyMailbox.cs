using System.Text.Json;

namespace Market.Node.Cli.Pbm;

/// <summary>What comes first.</summary>
public enum TopOrder
{
    Busiest,
    Slowest,
    Fullest,
}

/// <summary>A shard between two looks.</summary>
/// <param name="WaitMs">How long what is posted now will wait, in ms: what waits divided by the rate. Null while something waits and nothing happens.</param>
public sealed record BusyMailbox(string Path, string Node, double EventsPerSecond, long Waiting, long? WaitMs, long Traders, string Actors)
{
    /// <summary>All shards seen in both looks on the same node, in order.</summary>
    /// <param name="before">A look at each node's shards.</param>
    public static IEnumerable<BusyMailbox> Between(IEnumerable<JsonElement> before, IEnumerable<JsonElement> after, TopOrder order)
    {
        var was = before.SelectMany(node => node.Rows("shards").Select(shard => (Node: node, Shard: shard)))
            .ToDictionary(each => (each.Node.Cell("node"), each.Shard.Cell("path")), each => (At: each.Node.Number("uptimeMs"), Sequence: each.Shard.Number("sequence")));
        var rows =
            from node in after
            from shard in node.Rows("shards")
            let then = was.TryGetValue((node.Cell("node"), shard.Cell("path")), out var known) ? known : default((long At, long Sequence)?)
            where then is not null
            select Of(shard, shard.Number("sequence") - then.Value.Sequence, node.Number("uptimeMs") - then.Value.At);
        return order switch
        {
            TopOrder.Busiest => rows.OrderByDescending(row => row.EventsPerSecond).ThenBy(row => row.Path, StringComparer.Ordinal),
            TopOrder.Slowest => rows.OrderByDescending(row => row.WaitMs ?? long.MaxValue).ThenBy(row => row.Path, StringComparer.Ordinal),
            _ => rows.OrderByDescending(row => row.Waiting).ThenBy(row => row.Path, StringComparer.Ordinal),
        };
    }

    private static BusyMailbox Of(JsonElement shard, long events, long ms)
    {
        var rate = ms > 0 ? events * 1000.0 / ms : 0;
        var waiting = shard.Number("waiting");
        long? wait = waiting == 0 ? 0 : rate > 0 ? (long)(waiting * 1000 / rate) : null;
        return new BusyMailbox(shard.Cell("path"), shard.Cell("node"), Math.Round(rate, 1), waiting, wait, shard.Number("traders"), shard.Cell("actors"));
    }
}

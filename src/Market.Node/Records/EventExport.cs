using System.Globalization;
using System.Text.Json;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Cli;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Records;

/// <summary>Every event of a market, a line each, in the order they were committed.</summary>
internal sealed class EventExport(IJournal journal, MarketRules rules, StreamWriter output, ExportFormat format)
{
    public void Write()
    {
        if (format is ExportFormat.Csv) { output.WriteLine("shard,seq,time,event,trader,txnId,amount,price,status,bailedOut,detail"); }
        var replays = new StreamReplay[rules.Shards];
        for (var shard = 0; shard < replays.Length; shard++)
        {
            replays[shard] = new StreamReplay(new StreamId(rules.Market, shard), new ShardLines(this, shard));
        }
        foreach (var turn in journal.Read(Enumerable.Range(0, rules.Shards).ToDictionary(shard => new StreamId(rules.Market, shard), _ => 1L)))
        {
            replays[turn.Stream.Shard].Turn(turn);
        }
    }

    private sealed record Line(
        int Shard, long Seq, string Time, string Event, string? Trader, string? TxnId, decimal? Amount, decimal? Price, string? Status, bool? BailedOut, string? Detail);

    private void Write(Line line)
    {
        output.WriteLine(format is ExportFormat.Csv
            ? string.Join(',', line.Shard, line.Seq, line.Time, line.Event, Text(line.Trader), Text(line.TxnId), Text(line.Amount), Text(line.Price), line.Status, line.BailedOut switch { null => "", true => "true", false => "false" }, Text(line.Detail))
            : JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
    }

    private static string Text(string? text) => ExportJournal.Quoted(text ?? "");

    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>One shard's events as lines.</summary>
    private sealed class ShardLines(EventExport export, int shard) : IEventFold
    {
        private readonly List<TraderKey> _traders = [];
        private long _seq;

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            var inCoins = happened.Type is TraderEventType.Invested or TraderEventType.Returned || happened is { Type: TraderEventType.Refused, Command: CommandType.Invest };
            export.Write(new Line(
                shard, ++_seq, time.ToString(), happened.Type.ToString(), _traders[slot].ToString(), txnId.ToString(),
                inCoins ? new Coins(happened.Amount).ToDecimal() : happened.Amount,
                happened.HasPrice ? happened.Price.ToDecimal() : null,
                happened.Status.Name(), happened.BailedOut, null));
        }

        public void On(MarketEvent happened, Timestamp time)
        {
            if (happened is TraderJoined joined) { _traders.Add(joined.Trader); }
            export.Write(new Line(
                shard, ++_seq, time.ToString(), happened.GetType().Name, (happened as TraderJoined)?.Trader.ToString(), null, null, null, null, null, happened.ToString()));
        }
    }
}

using System.Text.Json;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using Market.Protocol.Wire.Json;

namespace Market.Node.Records;

/// <summary>One event of a trader's journal, with the state after it. The first is that it joined.</summary>
public sealed record TraderHappened(long Seq, Timestamp Time, TraderEvent? Happened, string TxnId, TraderState State)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", Seq);
        json.WriteString("time", Time.ToString());
        json.WriteString("type", Happened is { } it ? it.Type.ToString().ToUpperInvariant() : "JOINED");
        if (Happened is { } happened) { WriteDetails(json, happened); }
        json.WritePropertyName("state");
        MessageWriter.Write(json, State);
        json.WriteEndObject();
    }

    private void WriteDetails(Utf8JsonWriter json, in TraderEvent happened)
    {
        json.WriteString("txnId", TxnId);
        var coins = new Coins(happened.Amount);
        if (happened.Type is TraderEventType.Returned) { json.WriteNumber("amount", coins.ToDecimal()); }
        else if (happened.Command is CommandType.Invest) { json.WriteNumber("invested", coins.ToDecimal()); }
        else { json.WriteNumber(happened.Command is CommandType.Feed ? "monkeys" : "shares", happened.Amount); }
        if (happened.HasPrice) { json.WriteNumber("price", happened.Price.ToDecimal()); }
        json.WriteString("status", happened.Status.Name());
        json.WriteBoolean("bailedOut", happened.BailedOut);
    }
}

/// <summary>
/// A trader's own journal, read out of its shard's. Nothing is kept for this on the way of commands, so a history costs a reading of the
/// shard's journal up to where it stops: few at a time may ask.
/// </summary>
/// <param name="open">Opens the journal for reading.</param>
public sealed class TraderHistory(Func<IJournal> open) : IDisposable
{
    private const int MostAtOnce = 2;

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <summary>A trader's events from its number <paramref name="from"/> on; the first has number 1.</summary>
    /// <returns>Null when too many are reading.</returns>
    public async Task<IReadOnlyList<TraderHappened>?> ReadAsync(RunningMarket market, TraderKey trader, long from, int limit, CancellationToken cancel)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, cancel)) { return null; }
        try
        {
            return await Task.Run(() => Read(market, trader, from, limit, cancel), cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private List<TraderHappened> Read(RunningMarket market, TraderKey trader, long from, int limit, CancellationToken cancel)
    {
        var stream = new StreamId(market.Id, new Placement(market.Id, market.Rules.Shards).Of(trader));
        var fold = new Fold(trader, from, limit);
        var replay = new StreamReplay(stream, fold);
        using var journal = open();
        foreach (var turn in journal.Read(new Dictionary<StreamId, long> { [stream] = 1 }))
        {
            cancel.ThrowIfCancellationRequested();
            replay.Turn(turn);
            if (fold.IsDone) { break; }
        }
        return fold.Found;
    }

    private sealed class Fold(TraderKey trader, long from, int limit) : IEventFold
    {
        private int _joined;
        private int _slot = -1;
        private long _seq;
        private TraderState _state;

        public List<TraderHappened> Found { get; } = [];

        public bool IsDone => Found.Count == limit;

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            if (slot != _slot) { return; }
            _state = TraderEvolution.Evolve(_state, happened, time);
            Add(time, happened, txnId);
        }

        public void On(MarketEvent happened, Timestamp time)
        {
            if (happened is not TraderJoined joined) { return; }
            if (joined.Trader.Equals(trader))
            {
                _slot = _joined;
                _state = TraderState.Initial(time);
                Add(time, null, default);
            }
            _joined++;
        }

        private void Add(Timestamp time, TraderEvent? happened, ReadOnlySpan<char> txnId)
        {
            _seq++;
            if (_seq >= from && !IsDone) { Found.Add(new TraderHappened(_seq, time, happened, txnId.ToString(), _state)); }
        }
    }
}

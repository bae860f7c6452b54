using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using Market.Protocol.Wire.Json;

namespace Market.Parts;

/// <summary>Deciding an order, and an event to bytes and back.</summary>
[MemoryDiagnoser]
public class Orders
{
    private static readonly TraderState State = TraderState.Initial(new Timestamp(1_760_000_000_000));
    private static readonly TraderCommand Command = TraderCommand.Buy("order-000042", 1);
    private static readonly TraderEvent Bought = TraderDecider.Decide(State, Command, Coins.Whole(1), TraderRules.Default);

    private readonly Coins _price = Coins.Whole(1);
    private readonly BytesWriter _to = new();
    private readonly Nowhere _nowhere = new();
    private byte[] _bytes = [];

    [GlobalSetup]
    public void Setup()
    {
        EventWriter.Write(_to, 42, Bought, Command.TxnId);
        _bytes = _to.Written.ToArray();
    }

    [Benchmark]
    public TraderEvent Decide() => TraderDecider.Decide(State, Command, _price, TraderRules.Default);

    [Benchmark]
    public int Encode()
    {
        _to.Clear();
        EventWriter.Write(_to, 42, Bought, Command.TxnId);
        return _to.Length;
    }

    [Benchmark]
    public void Decode() => EventReader.Read(_bytes, 1, State.Time, _nowhere);

    private sealed class Nowhere : IEventFold
    {
        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time) { }

        public void On(MarketEvent happened, Timestamp time) { }
    }
}

/// <summary>An order from JSON, beside what the framework's serializer does with the same bytes.</summary>
[MemoryDiagnoser]
public class Parsing
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly byte[] _json = """{"txnId":"order-000042","type":"BUY","shares":3}"""u8.ToArray();

    [Benchmark(Baseline = true)]
    public Order? SystemTextJson() => JsonSerializer.Deserialize<Order>(_json, Web);

    [Benchmark]
    public CommandReading CommandReader()
    {
        var json = new Utf8JsonReader(_json);
        json.Read();
        return Protocol.Wire.Json.CommandReader.Read(ref json);
    }

    public sealed record Order(string TxnId, string Type, long Shares);
}

/// <summary>An answer to JSON.</summary>
[MemoryDiagnoser]
public class Answering : IDisposable
{
    private static readonly Result Answer = new()
    {
        TxnId = "order-000042",
        Type = ResultType.Market,
        Status = Status.Accepted,
        Price = Coins.Whole(1),
        State = TraderState.Initial(new Timestamp(1_760_000_000_000)),
    };

    private readonly ArrayBufferWriter<byte> _to = new();
    private Utf8JsonWriter _json = null!;

    [GlobalSetup]
    public void Setup() => _json = new Utf8JsonWriter(_to, MessageWriter.Options);

    [GlobalCleanup]
    public void Dispose()
    {
        _json.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public int WriteAnswer()
    {
        _to.ResetWrittenCount();
        _json.Reset(_to);
        MessageWriter.Write(_json, Answer);
        _json.Flush();
        return _to.WrittenCount;
    }
}

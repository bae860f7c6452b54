using System.Buffers;
using System.Text.Json;
using Market.Node.Config;
using Market.Node.Doors.Http;
using Market.Protocol.Messages;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.WebSockets;

/// <summary>
/// What one connection is still to be sent. Filled by the engine's thread and by the connection's reader, emptied by its writer.
/// Old prices are lost first, never results; too many results close the connection.
/// </summary>
public sealed class Outbox(LimitOptions limits, Action wake) : IListener
{
    /// <summary>Ticks that may wait for a slow reader: ten seconds at the quickest sensible tick.</summary>
    private const int MaxPrices = 100;

    /// <summary>Posts that may wait for a slow reader.</summary>
    private const int MaxGibbs = 100;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _notices = new();
    private readonly Queue<object> _answers = new(); // CommandBatch, in the order asked; Result, told unasked
    private readonly Queue<PriceNews> _prices = new();
    private readonly Queue<Gibb> _gibbs = new();
    private byte[]? _market;
    private byte[]? _board;
    private int _resultsWaiting;
    private int _framesInFlight;
    private bool _isWelcomed;

    /// <summary>Which news to take; set once, before listening.</summary>
    public Topics Topics { get; set; }

    /// <summary>Results piled up past the bound: nothing more is taken, and the connection must be closed.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Prices and posts dropped because the client reads too slowly.</summary>
    public long Dropped { get; private set; }

    public int FramesInFlight => Volatile.Read(ref _framesInFlight);

    /// <summary>Something that must be said: a problem.</summary>
    public void Notice(byte[] frame)
    {
        lock (_gate) { _notices.Enqueue(frame); }
        wake();
    }

    /// <summary>The welcome. News heard before it wait for it, so that listening may begin first and nothing falls between the two.</summary>
    public void Welcome(byte[] frame)
    {
        lock (_gate)
        {
            _notices.Enqueue(frame);
            _isWelcomed = true;
        }
        wake();
    }

    /// <summary>A place in the order of answers for commands about to be asked.</summary>
    public CommandBatch Expect(int commands, bool isArray)
    {
        var batch = new CommandBatch(commands, isArray, _ => wake());
        lock (_gate)
        {
            Interlocked.Increment(ref _framesInFlight);
            Add(batch, commands);
        }
        return batch;
    }

    public void Told(in Result result)
    {
        if (!Topics.HasFlag(Topics.Result)) { return; }
        lock (_gate) { Add(result, 1); }
        wake();
    }

    public void Ticked(PriceNews news)
    {
        if (!Topics.HasFlag(Topics.Price)) { return; }
        lock (_gate) { AddOrDropOldest(_prices, news, MaxPrices); }
        wake();
    }

    public void Posted(Gibb gibb)
    {
        if (!Topics.HasFlag(Topics.Gibb)) { return; }
        lock (_gate) { AddOrDropOldest(_gibbs, gibb, MaxGibbs); }
        wake();
    }

    public void Moved(Protocol.Values.MarketId market, MarketStatus status)
    {
        lock (_gate) { _market = Frames.Keyed("market", Frames.MarketAlone(market, status)); }
        wake();
    }

    /// <summary>The newest board; an older one not yet sent is forgotten.</summary>
    public void Boarded(BoardNews news)
    {
        lock (_gate) { _board = news.Frame; }
        wake();
    }

    /// <summary>The next frame to send, written into <paramref name="to"/> or given as it is; false when nothing can be sent now.</summary>
    public bool TryNext(ArrayBufferWriter<byte> to, Utf8JsonWriter json, out ReadOnlyMemory<byte> frame)
    {
        object next;
        lock (_gate)
        {
            if (!TryTake(out next!))
            {
                frame = default;
                return false;
            }
        }
        frame = next switch
        {
            byte[] ready => ready,
            PriceNews news => news.Frame,
            Gibb gibb => Frames.Keyed("gibb", Frames.GibbAlone(gibb)),
            _ => Write(next, to, json),
        };
        return true;
    }

    private bool TryTake(out object? next)
    {
        if (_notices.TryDequeue(out var notice)) { next = notice; }
        else if (!_isWelcomed) { next = null; }
        else if (_answers.TryPeek(out next) && next is not CommandBatch { IsComplete: false }) { TookAnswer(_answers.Dequeue()); }
        else if (_market is not null) { (next, _market) = (_market, null); }
        else if (_prices.TryDequeue(out var price)) { next = price; }
        else if (_gibbs.TryDequeue(out var gibb)) { next = gibb; }
        else { (next, _board) = (_board, null); }
        return next is not null;
    }

    private void TookAnswer(object answer)
    {
        if (answer is not CommandBatch batch)
        {
            _resultsWaiting--;
            return;
        }
        _resultsWaiting -= batch.Results.Count;
        Interlocked.Decrement(ref _framesInFlight);
    }

    private void Add(object answer, int results)
    {
        Overflowed |= _resultsWaiting + results > limits.MaxResultsWaiting;
        if (Overflowed) { return; }
        _resultsWaiting += results;
        _answers.Enqueue(answer);
    }

    private void AddOrDropOldest<T>(Queue<T> queue, T item, int bound)
    {
        if (queue.Count == bound)
        {
            queue.Dequeue();
            Dropped++;
        }
        queue.Enqueue(item);
    }

    private static ReadOnlyMemory<byte> Write(object answer, ArrayBufferWriter<byte> to, Utf8JsonWriter json)
    {
        to.ResetWrittenCount();
        json.Reset(to);
        json.WriteStartObject();
        if (answer is CommandBatch batch) { Write(batch, json); }
        else { WriteResult((Result)answer, json); }
        json.WriteEndObject();
        json.Flush();
        return to.WrittenMemory;
    }

    private static void Write(CommandBatch batch, Utf8JsonWriter json)
    {
        if (batch.Failure is { } failure)
        {
            json.WritePropertyName("problem");
            Problem.Of(failure).Write(json);
        }
        else if (batch.IsArray)
        {
            json.WriteStartArray("results"u8);
            foreach (var result in batch.Results) { MessageWriter.Write(json, result); }
            json.WriteEndArray();
        }
        else
        {
            WriteResult(batch.Results[0], json);
        }
    }

    /// <summary>A command alone in its frame that is no command is a bad frame, and so a problem.</summary>
    private static void WriteResult(in Result result, Utf8JsonWriter json)
    {
        if (result.Status is Status.Malformed)
        {
            json.WritePropertyName("problem"u8);
            Problem.Of(result).Write(json);
            return;
        }
        json.WritePropertyName("result"u8);
        MessageWriter.Write(json, result);
    }
}

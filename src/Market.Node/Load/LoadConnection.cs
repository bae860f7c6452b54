using System.Diagnostics;
using System.Numerics;

namespace Market.Node.Load;

/// <summary>
/// One connection under load: sends what is due, many requests at a time, and takes the answers as they come. Answers come in the order of the
/// requests, through either door.
/// </summary>
public sealed class LoadConnection : IAsyncDisposable
{
    private const int MinBuffer = 64 * 1024;
    private static readonly long LateTicks = Stopwatch.Frequency / 100; // 10 ms

    private readonly Stream _stream;
    private readonly IAnswers _answers;
    private readonly OrderRequest[] _requests;
    private readonly LoadSchedule _schedule;
    private readonly Lock _gate = new();

    // The sender's, under the gate: whoever pumps.
    private readonly long[] _dueTicks;
    private readonly byte[] _out;
    private Task _sending = Task.CompletedTask;
    private long _nextId = Stopwatch.GetTimestamp() / 1_000; // microseconds: past all ids of an earlier run of the same trader
    private bool _stopped;
    private byte[]? _pong;

    // The receiver's.
    private readonly LatencyHistogram _latency = new();
    private readonly AnswerTally _tally = new();
    private byte[] _in = new byte[MinBuffer];
    private int _received;

    private long _sent;
    private long _answered;
    private long _late;
    private long _measureFromTicks = long.MaxValue;

    public LoadConnection(Stream stream, IAnswers answers, OrderRequest[] requests, LoadSchedule schedule)
    {
        (_stream, _answers, _requests, _schedule) = (stream, answers, requests, schedule);
        _dueTicks = new long[BitOperations.RoundUpToPowerOf2((uint)schedule.MostInFlight)];
        _out = new byte[Math.Max(MinBuffer, requests.Max(request => request.Length))];
    }

    public long Sent => Volatile.Read(ref _sent);

    public long Answered => Volatile.Read(ref _answered);

    public long InFlight => Sent - Answered;

    /// <summary>Requests sent more than 10 ms after they were due.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>From when they were due to their answer; read it when the run is over.</summary>
    public LatencyHistogram Latency => _latency;

    /// <inheritdoc cref="Latency"/>
    public AnswerTally Tally => _tally;

    /// <summary>From here on what is due is counted.</summary>
    public void Measure(long fromTicks) => Volatile.Write(ref _measureFromTicks, fromTicks);

    /// <summary>Sends nothing more; answers still come.</summary>
    public void Stop()
    {
        lock (_gate) { _stopped = true; }
    }

    /// <summary>Sends what is due and has room. Any thread may call it.</summary>
    public void Pump()
    {
        lock (_gate)
        {
            while (_sending.IsCompletedSuccessfully && Fill() is > 0 and var length)
            {
                _sending = _stream.WriteAsync(_out.AsMemory(0, length)).AsTask();
            }
        }
    }

    /// <summary>Takes answers until the stream ends.</summary>
    /// <exception cref="LoadFailedException">The node ended it.</exception>
    public async Task ReceiveAsync()
    {
        try
        {
            Pump();
            while (true)
            {
                var count = await _stream.ReadAsync(_in.AsMemory(_received));
                if (count == 0) { throw new LoadFailedException("The node closed the connection."); }
                _received += count;
                Take();
                Pump();
            }
        }
        catch (Exception over) when (Volatile.Read(ref _stopped) && over is IOException or ObjectDisposedException or LoadFailedException)
        {
            // what was still to come is nobody's any more
        }
        catch (IOException broken)
        {
            throw new LoadFailedException($"The connection broke: {broken.Message}", broken);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private int Fill()
    {
        var length = TakePong();
        var now = Stopwatch.GetTimestamp();
        while (!_stopped && InFlight < _schedule.MostInFlight)
        {
            var request = _requests[_sent % _requests.Length];
            var due = _schedule.DueTicks(_sent, now);
            if (due > now || length + request.Length > _out.Length) { break; }
            if (now - due > LateTicks && due >= _measureFromTicks) { _late++; }
            _dueTicks[_sent & (_dueTicks.Length - 1)] = due;
            request.Write(_out.AsSpan(length), ref _nextId);
            length += request.Length;
            Volatile.Write(ref _sent, _sent + 1);
        }
        return length;
    }

    private int TakePong()
    {
        if (_pong is not { } pong) { return 0; }
        pong.CopyTo(_out, 0);
        _pong = null;
        return pong.Length;
    }

    private void Take()
    {
        var from = 0;
        while (_answers.TryRead(_in.AsSpan(from, _received - from), out var answer))
        {
            if (answer.IsPing) { Pong(answer.Body); }
            else { Take(answer.Body); }
            from += answer.Length;
        }
        _received -= from;
        _in.AsSpan(from, _received).CopyTo(_in);
        if (_received == _in.Length) { Array.Resize(ref _in, _in.Length * 2); }
    }

    private void Take(ReadOnlySpan<byte> body)
    {
        if (Answered == Sent) { throw new LoadFailedException("The node answered what nobody had asked."); }
        var due = _dueTicks[_answered & (_dueTicks.Length - 1)];
        var orders = _requests[_answered % _requests.Length].Orders;
        Volatile.Write(ref _answered, _answered + 1);
        if (due < _measureFromTicks) { return; }
        _latency.Record((long)Stopwatch.GetElapsedTime(due).TotalNanoseconds);
        _tally.Count(body, orders);
    }

    private void Pong(ReadOnlySpan<byte> body)
    {
        var pong = OrderRequest.Frame(body);
        pong[0] = 0x8A;
        lock (_gate) { _pong = pong; }
    }
}

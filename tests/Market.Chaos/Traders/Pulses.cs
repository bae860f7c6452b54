using System.Diagnostics;

namespace Market.Chaos.Traders;

/// <summary>When each shard answered last, and so how long each was silent, and after which fault. Safe for many threads.</summary>
internal sealed class Pulses
{
    /// <summary>Between two answers of a shard when all is well, about: a silence is begun by what happened up to so long after its last answer.</summary>
    private static readonly long Usual = Stopwatch.Frequency * 3 / 10;

    private readonly Lock _gate = new();
    private readonly long[] _last;
    private readonly List<Stretch> _stretches = [];

    public Pulses(int shards)
    {
        _last = new long[shards];
        Begin();
        Array.Fill(_last, Stopwatch.GetTimestamp());
    }

    public int Shards => _last.Length;

    /// <summary>What happens from here on, until the next.</summary>
    public Stretch Begin()
    {
        lock (_gate)
        {
            _stretches.Add(new Stretch(Stopwatch.GetTimestamp()));
            return _stretches[^1];
        }
    }

    public void Answered(int shard, long at)
    {
        lock (_gate)
        {
            if (at <= _last[shard]) { return; }
            Note(shard, at);
            _last[shard] = at;
            _stretches[^1].Frames++;
        }
    }

    /// <summary>Counts the silences that go on as if they ended now.</summary>
    public void CountUntilNow()
    {
        lock (_gate)
        {
            for (var shard = 0; shard < _last.Length; shard++) { Note(shard, Stopwatch.GetTimestamp()); }
        }
    }

    /// <summary>An answer said that nothing can be promised.</summary>
    public void Refused()
    {
        lock (_gate) { _stretches[^1].Refusals++; }
    }

    /// <summary>A connection was lost, or there was no answer in time.</summary>
    public void Lost()
    {
        lock (_gate) { _stretches[^1].Losses++; }
    }

    private void Note(int shard, long until)
    {
        var last = _last[shard];
        (_stretches.FindLast(stretch => stretch.From <= last + Usual) ?? _stretches[0]).Note(shard, Stopwatch.GetElapsedTime(last, until));
    }
}

/// <summary>The seconds from one fault to the next.</summary>
internal sealed class Stretch(long from)
{
    public long From => from;

    /// <summary>The longest time that a shard did not answer, of those that began in these seconds; it may have ended later.</summary>
    public TimeSpan Silence { get; private set; }

    /// <summary>Which shard that was.</summary>
    public int Shard { get; private set; }

    public long Frames { get; set; }

    public long Refusals { get; set; }

    public long Losses { get; set; }

    public void Note(int shard, TimeSpan silence)
    {
        if (silence > Silence) { (Silence, Shard) = (silence, shard); }
    }
}

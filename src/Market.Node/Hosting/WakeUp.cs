namespace Market.Node.Hosting;

/// <summary>Wakes one sleeper. Waking somebody who is not asleep costs one look, no call into the kernel.</summary>
public sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0);
    private int _state;

    private const int Awake = 0;
    private const int Asleep = 1;
    private const int Rung = 2;

    public void Set()
    {
        if (Interlocked.Exchange(ref _state, Rung) == Asleep) { _bell.Release(); }
    }

    /// <summary>Sleeps until woken, at most so long; not at all when woken since the last sleep.</summary>
    public void Wait(int ms)
    {
        if (Interlocked.CompareExchange(ref _state, Asleep, Awake) == Awake && !_bell.Wait(ms)
            && Interlocked.CompareExchange(ref _state, Awake, Asleep) == Rung)
        {
            _bell.Wait(); // rung in the very moment of giving up: take the ring, so that it wakes nobody later
        }
        Interlocked.Exchange(ref _state, Awake); // a full fence: whoever rings after this is heard, and what was posted before is seen
    }

    public void Dispose() => _bell.Dispose();
}

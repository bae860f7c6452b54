using RabbitMQ.Client;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// Acknowledges a queue's deliveries in their order, many with one message: each when it and all before it are done. A delivery that cannot be done
/// holds those behind it, up to the prefetch; then no more come, which is the back-pressure.
/// </summary>
/// <param name="channel">The one the deliveries come by; it numbers them from 1.</param>
/// <param name="prefetch">Most deliveries open at a time.</param>
/// <param name="acknowledged">Told up to which delivery all are acknowledged.</param>
public sealed class Acknowledgements(IChannel channel, int prefetch, Action<ulong> acknowledged)
{
    private readonly Bell _bell = new();
    private readonly Lock _gate = new();

    // Owned by the gate: deliveries from _first on, each at its mark modulo the prefetch.
    private readonly bool[] _done = new bool[prefetch];
    private ulong _first = 1;

    /// <summary>What a delivery was answered with is with the broker. Any thread; never blocks.</summary>
    public void Done(ulong mark)
    {
        lock (_gate)
        {
            Of(mark) = true;
            if (mark != _first) { return; }
        }
        _bell.Ring();
    }

    /// <summary>Acknowledges until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _bell.WaitAsync(cancel);
            if (Take() is not { } upTo) { continue; }
            await channel.BasicAckAsync(upTo, multiple: true, cancel);
            acknowledged(upTo);
        }
    }

    /// <returns>The last of those done without a gap; null when the first is not.</returns>
    private ulong? Take()
    {
        lock (_gate)
        {
            if (!Of(_first)) { return null; }
            for (; Of(_first); _first++) { Of(_first) = false; }
            return _first - 1;
        }
    }

    private ref bool Of(ulong mark) => ref _done[mark % (ulong)prefetch];
}

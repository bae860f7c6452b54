using System.Threading.Channels;

namespace Market.Node.Bots;

/// <summary>Wakes one waiting task; rings while it is awake are one ring. Ringing never blocks and never runs the woken task.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
        AllowSynchronousContinuations = false,
    });

    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Waits for the next ring, or takes the one that was.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel) => await _rings.Reader.ReadAsync(cancel);
}

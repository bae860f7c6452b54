using Market.Node.Doors;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>Holds one task up while a market is not running; nobody looks at a clock for it.</summary>
public sealed class RunningGate : IListener, IDisposable
{
    private readonly Hub _hub;
    private readonly MarketId _market;
    private readonly Func<MarketStatus> _status;
    private readonly Bell _moved = new();

    /// <param name="status">How the market stands now; asked by the waiting task only.</param>
    public RunningGate(Hub hub, MarketId market, Func<MarketStatus> status)
    {
        (_hub, _market, _status) = (hub, market, status);
        hub.Listen(market, this);
    }

    public bool IsOpen => _status() is MarketStatus.Running;

    /// <summary>Returns at once while the market is running, else when it runs again.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        while (!IsOpen) { await _moved.WaitAsync(cancel); }
    }

    public void Moved(MarketId market, MarketStatus status) => _moved.Ring();

    public void Ticked(PriceNews news)
    {
    }

    public void Posted(Gibb gibb)
    {
    }

    public void Told(in Result result)
    {
    }

    public void Dispose() => _hub.Leave(_market, null, this);
}

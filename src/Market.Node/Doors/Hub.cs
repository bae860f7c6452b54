using System.Collections.Concurrent;
using System.Collections.Immutable;
using Market.Actors.Runtime;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors;

/// <summary>
/// Somebody who listens to a market, at any door. Called on the engine's thread: only takes note and wakes its own sender.
/// </summary>
public interface IListener
{
    void Ticked(PriceNews news);

    void Posted(Gibb gibb);

    void Moved(MarketId market, MarketStatus status);

    /// <summary>Something happened to this listener's trader that it did not ask for.</summary>
    void Told(in Result result);
}

/// <summary>A tick for many listeners, whose bytes are made once, by the first that needs them.</summary>
public sealed class PriceNews(MarketId market, PriceTick tick)
{
    private byte[]? _alone;
    private byte[]? _frame;

    public PriceTick Tick => tick;

    /// <summary>The message alone.</summary>
    public byte[] Alone => _alone ??= Frames.PriceAlone(market, tick);

    /// <summary>The frame <c>{"price":…}</c>.</summary>
    public byte[] Frame => _frame ??= Frames.Keyed("price", Alone);
}

/// <summary>Takes news from the engine to those who listen. A market nobody listens to costs nothing.</summary>
public sealed class Hub : IMarketListener, INewsFeed
{
    private readonly ConcurrentDictionary<MarketId, ImmutableArray<IListener>> _markets = new();
    private readonly ConcurrentDictionary<TraderKey, ImmutableArray<(MarketId Market, IListener Listener)>> _traders = new();

    public void Listen(MarketId market, IListener listener) =>
        _markets.AddOrUpdate(market, [listener], (_, listeners) => listeners.Add(listener));

    public void ListenTo(MarketId market, TraderKey trader, IListener listener) =>
        _traders.AddOrUpdate(trader, [(market, listener)], (_, listeners) => listeners.Add((market, listener)));

    /// <summary>The listener hears nothing more, after at most what is being said right now.</summary>
    public void Leave(MarketId market, TraderKey? trader, IListener listener)
    {
        _markets.AddOrUpdate(market, [], (_, listeners) => listeners.Remove(listener));
        if (trader is null) { return; }
        var left = _traders.AddOrUpdate(trader, [], (_, listeners) => listeners.Remove((market, listener)));
        if (left.IsEmpty) { _traders.TryRemove(new KeyValuePair<TraderKey, ImmutableArray<(MarketId, IListener)>>(trader, left)); }
    }

    public void Ticked(MarketId market, in PriceTick tick)
    {
        if (!_markets.TryGetValue(market, out var listeners) || listeners.IsEmpty) { return; }
        var news = new PriceNews(market, tick);
        foreach (var listener in listeners) { listener.Ticked(news); }
    }

    public void Posted(MarketId market, Gibb gibb)
    {
        if (!_markets.TryGetValue(market, out var listeners)) { return; }
        foreach (var listener in listeners) { listener.Posted(gibb); }
    }

    public void Moved(MarketId market, MarketStatus status)
    {
        if (!_markets.TryGetValue(market, out var listeners)) { return; }
        foreach (var listener in listeners) { listener.Moved(market, status); }
    }

    public void Tell(MarketId market, TraderKey trader, in Result result)
    {
        if (!_traders.TryGetValue(trader, out var listeners)) { return; }
        foreach (var (listenedTo, listener) in listeners)
        {
            if (listenedTo == market) { listener.Told(result); }
        }
    }
}

using System.Threading.Channels;
using Market.Actors.Views;
using Market.Node.Cluster;
using Market.Node.Config;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// What this node's shards bring, on its way to the exchanges: prices, what traders did not ask for, and their states. Told once as long as the shard's
/// owner lives, and mostly by the next one when it does not; the state in a trader's next result is the truth.
/// </summary>
public sealed class NewsOutbox(AmqpOptions options) : IOwnerListener
{
    /// <summary>News that may wait for a slow broker, 300 bytes each; more are not told.</summary>
    private const int MostWaiting = 10_000;

    /// <summary>A trader's states closer together than this are one.</summary>
    private static readonly TimeSpan BetweenStates = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Func<Letter?>> _news =
        Channel.CreateBounded<Func<Letter?>>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Lock _gate = new();

    // Owned by the gate: those that changed since they were last told; as many as there are traders.
    private Dictionary<(MarketId Market, TraderKey Trader), TraderState> _changed = [];

    public void Ticked(MarketId market, in PriceTick tick)
    {
        var price = tick;
        _news.Writer.TryWrite(() => Letter.Of(market, price));
    }

    public void Told(MarketId market, TraderKey trader, in Result result)
    {
        var told = result;
        _news.Writer.TryWrite(() => Exchanges.Key(market, trader) is { } key ? Letter.Of(key, told) : null);
    }

    public void Changed(MarketId market, TraderKey trader, in TraderState state)
    {
        if (!options.TraderStates) { return; }
        lock (_gate) { _changed[(market, trader)] = state; }
    }

    /// <summary>Publishes prices and news until cancelled.</summary>
    public async Task SendNewsAsync(ConfirmedChannel channel, CancellationToken cancel)
    {
        await foreach (var write in _news.Reader.ReadAllAsync(cancel))
        {
            if (write() is { } letter) { await SendAsync(channel, letter, cancel); }
        }
    }

    /// <summary>Publishes states until cancelled.</summary>
    public async Task SendStatesAsync(ConfirmedChannel channel, TimeProvider time, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(BetweenStates, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            foreach (var ((market, trader), state) in TakeChanged())
            {
                if (Exchanges.Key(market, trader) is { } key) { await SendAsync(channel, Letter.Of(key, state), cancel); }
            }
        }
    }

    private Dictionary<(MarketId Market, TraderKey Trader), TraderState> TakeChanged()
    {
        lock (_gate)
        {
            if (_changed.Count == 0) { return _changed; }
            var taken = _changed;
            _changed = new Dictionary<(MarketId, TraderKey), TraderState>(taken.Count);
            return taken;
        }
    }

    private static Task SendAsync(ConfirmedChannel channel, in Letter letter, CancellationToken cancel) =>
        channel.PublishAsync(letter.Exchange, letter.RoutingKey, letter.Properties, letter.Body, mandatory: false, null, cancel);
}

using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Views;

/// <summary>
/// Hears what the shards that live on this node have brought, once it is durable: of all nodes of a cluster one hears each thing, the owner. As quick, and
/// as careful, as any listener.
/// </summary>
public interface IOwnerListener
{
    void Ticked(MarketId market, in PriceTick tick);

    /// <summary>Something happened to a trader that it did not ask for.</summary>
    void Told(MarketId market, TraderKey trader, in Result result);

    /// <summary>A trader is another than before.</summary>
    void Changed(MarketId market, TraderKey trader, in TraderState state);
}

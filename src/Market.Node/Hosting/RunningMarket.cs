using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Protocol.Values;

namespace Market.Node.Hosting;

/// <summary>One market as doors see it: the way in, and what may be seen.</summary>
public sealed record RunningMarket(MarketRules Rules, MarketRegion Region, MarketView View)
{
    public MarketId Id => Rules.Market;
}

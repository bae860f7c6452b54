using Market.Actors.Runtime;
using Market.Node.Config;

namespace Market.Node.Tests;

/// <summary>What tests change of the fixture's options.</summary>
public static class OptionChanges
{
    public static NodeOptions WithRules(this NodeOptions options, Func<MarketRules, MarketRules> change) =>
        options with { Markets = [.. options.Markets.Select(market => market with { Rules = change(market.Rules) })] };

    public static NodeOptions WithTick(this NodeOptions options, int ms) =>
        options.WithRules(rules => rules with { Price = rules.Price with { TickMs = ms, Sigma = 0.01 } });

    public static NodeOptions WithLimits(this NodeOptions options, Func<LimitOptions, LimitOptions> change) =>
        options with { Limits = change(options.Limits) };

    /// <summary>A second market beside banana.</summary>
    public static NodeOptions WithMango(this NodeOptions options) =>
        options with { Markets = [.. options.Markets, new MarketOptions(NodeFixture.QuietRules("mango"), Seed: 8)] };

    public static NodeOptions NotStarted(this NodeOptions options) =>
        options with { Markets = [.. options.Markets.Select(market => market with { AutoStart = false })] };
}

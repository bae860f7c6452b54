using System.Collections.Frozen;
using Market.Actors.Answers;
using Market.Actors.Gibber;
using Market.Actors.Journal;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>The rules a market was opened with stand in its first event, for as long as its journal lives.</summary>
public class RulesCodecTests
{
    /// <summary>Nothing as it is by default.</summary>
    private static readonly MarketRules Odd = new()
    {
        Market = Quiet.Market,
        Shards = 3,
        Teams = ["A", "é"],
        Traders = new TraderRules { MaxOrderShares = 5, RememberedAnswers = 6 },
        Price = new PriceRules
        {
            TickMs = 7, Mu = 0.5, Sigma = 0.25, Floor = new Coins(8), Ceiling = new Coins(9), EmaFactor = 0.125, BurstStepMs = 10, BurstProbabilityPerCoin = 2, BurstSteps = [1.5],
        },
        Plantation = new PlantationRules
        {
            WaitMsPerCoin = 11, LongestWaitMs = 12, Mu = 4, Sigma = 8, BonusScale = new Coins(13), HighestMultiplier = 16,
        },
        Gibber = new GibberRules
        {
            Terms = ["t"], Positive = new[] { "q", "p" }.ToFrozenSet(), Negative = new[] { "n" }.ToFrozenSet(), HashtagStem = "h", HashtagPoints = -14, CoinsPerPoint = new Coins(15), MaxCountedPerMinute = 17,
        },
        MailboxCapacity = 18,
    };

    [Fact]
    public void Rules_have_golden_bytes() => Convert.ToHexStringLower(Convert.FromBase64String(RulesCodec.Write(Odd))).ShouldBe(string.Concat(
        "01", "03", // format, shards
        "02", "0141", "02c3a9", // teams
        "0a", "0c", // largest order, answers remembered
        "0e", "000000000000e03f", "000000000000d03f", "10", "12", "000000000000c03f", // tick, μ, σ, floor, ceiling, weight of the newest
        "14", "0000000000000040", "01", "000000000000f83f", // bursts: step in ms, probability, steps
        "16", "18", "0000000000001040", "0000000000002040", "1a", "0000000000003040", // plantation: waits, μ, σ, scale, ceiling
        "01", "0174", "02", "0170", "0171", "01", "016e", // terms, positive and negative words in order
        "0168", "1b", "1e", "22")); // hashtag, its points, coins a point, gibbs a minute

    [Fact]
    public void Rules_are_read_as_they_were_written_and_what_is_of_the_machine_stays_the_machines()
    {
        var read = RulesCodec.Read(RulesCodec.Write(Odd), Quiet with { MailboxCapacity = 99 });
        RulesCodec.Write(read).ShouldBe(RulesCodec.Write(Odd));
        read.MailboxCapacity.ShouldBe(99);
        read.Traders.ShouldBe(Odd.Traders);
        read.Plantation.ShouldBe(Odd.Plantation);
        read.Teams.ShouldBe(Odd.Teams);
    }

    [Fact]
    public void Rules_of_another_format_are_refused() =>
        Should.Throw<CorruptBytesException>(() => RulesCodec.Read(Convert.ToBase64String([2, 0, 0]), Quiet));

    [Fact]
    public void A_market_goes_on_by_the_rules_it_was_opened_with()
    {
        var engine = new TestEngine();
        engine.Add(Quiet with { Market = MarketId.Of("another") });
        var market = engine.Add(Odd);
        RulesCodec.OfJournal(engine.Journal, Quiet).ShouldBeNull();
        market.Ask(tag => new OpenMarket(Seed, market.Answers, tag));
        RulesCodec.Write(RulesCodec.OfJournal(engine.Journal, Quiet)!).ShouldBe(RulesCodec.Write(Odd));
        RulesCodec.OfJournal(engine.Journal, Quiet with { Market = MarketId.Of("another") }).ShouldBeNull();
        RulesCodec.OfJournal(new MemoryJournal(), Quiet).ShouldBeNull();
    }
}

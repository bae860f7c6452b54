using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Actors.Gibber;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

public class ChatterTests
{
    private const int Many = 20_000;

    private static readonly ChanceStream Chance = new(20_180_320);
    private static readonly IReadOnlyList<Saying> Talk = Say(new Chatter(Chance), Many);

    [Fact]
    public void Waits_are_from_seven_to_twenty_seconds()
    {
        Talk.Min(saying => saying.WaitMs).ShouldBeInRange(7_000, 7_010);
        Talk.Max(saying => saying.WaitMs).ShouldBeInRange(19_990, 20_000);
        Talk.Average(saying => saying.WaitMs).ShouldBeInRange(13_300, 13_700);
    }

    [Fact]
    public void Forty_texts_and_more_are_said_and_every_gibb_is_a_valid_one()
    {
        Talk.Select(saying => saying.Text).Distinct().Count().ShouldBeGreaterThanOrEqualTo(40);
        Talk.ShouldAllBe(saying => TraderKey.IsName(saying.Author) && saying.Text.Length > 0 && saying.Text.Length <= Gibb.MaxTextLength);
        Talk.Select(saying => saying.Author).Distinct().Count().ShouldBe(10);
    }

    [Fact]
    public void Talk_is_cheerful_gloomy_and_off_topic_and_comes_to_little_in_the_end()
    {
        var usual = Talk.Where(saying => !saying.Text.Contains("mktd")).ToList();
        var points = usual.Where(IsOnTopic).Select(saying => GibbScorer.Points(saying.Text, GibberRules.Default)).ToList();
        points.Count(p => p > 0).ShouldBeGreaterThan(Many / 4);
        points.Count(p => p < 0).ShouldBeGreaterThan(Many / 4);
        points.ShouldAllBe(p => p >= -3 && p <= 3);
        points.Average().ShouldBeInRange(-0.05, 0.05);
        usual.ShouldContain(saying => !IsOnTopic(saying));
    }

    [Fact]
    public void The_markets_own_word_is_rare() =>
        Talk.Count(saying => saying.Text.Contains("#mktd")).ShouldBeInRange(Many / 90, Many / 55);

    [Fact]
    public void The_same_chance_talks_the_same()
    {
        Say(new Chatter(Chance), 100).ShouldBe(Talk.Take(100));
        Say(new Chatter(new ChanceStream(1)), 100).ShouldNotBe(Talk.Take(100));
    }

    [Fact]
    public void Another_market_talks_of_its_own_share()
    {
        var rules = GibberRules.Default with { Terms = ["mango"] };
        var talk = Say(new Chatter(Chance, "mango"), 1_000);
        talk.ShouldAllBe(saying => !saying.Text.Contains("banana", StringComparison.OrdinalIgnoreCase));
        talk.Count(saying => GibbScorer.IsSelected(saying.Text, rules)).ShouldBeGreaterThan(700);
    }

    private static bool IsOnTopic(Saying saying) => GibbScorer.IsSelected(saying.Text, GibberRules.Default);

    private static List<Saying> Say(Chatter chatter, int count) => [.. Enumerable.Range(0, count).Select(_ => chatter.Next())];
}

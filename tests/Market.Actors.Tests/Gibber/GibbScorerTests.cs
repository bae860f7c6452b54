using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using Market.Actors.Gibber;

namespace Market.Actors.Tests.Gibber;

public class GibbScorerTests
{
    private static readonly GibberRules Rules = GibberRules.Default;

    [Theory]
    [InlineData("", 0)]
    [InlineData("good", 1)]
    [InlineData("GOOD, good; gOOd", 3)]
    [InlineData("bad and worse", -2)]
    [InlineData("goodness", 0)]
    [InlineData("mktd", 100)]
    [InlineData("MKTD mktd", 200)]
    [InlineData("mktd6", 100)]
    [InlineData("#mktd", 100)]
    [InlineData("#mktd6", 100)]
    [InlineData("##MktdDays", 100)]
    [InlineData("mktddays", 0)] // no hashtag, another word
    [InlineData("#6mktddays", 0)] // the # is not directly before
    [InlineData("# mktddays", 0)]
    [InlineData("#notmktd", 0)]
    [InlineData("#mkt", 0)]
    [InlineData("#good", 1)]
    [InlineData("good#mktd!bad", 100)]
    [InlineData("#", 0)]
    public void A_text_is_worth_the_points_of_its_words(string text, int points) => GibbScorer.Points(text, Rules).ShouldBe(points);

    [Theory]
    [InlineData("banana", true)]
    [InlineData("Bananas!", true)]
    [InlineData("xBANANAx", true)]
    [InlineData("banabanana", true)]
    [InlineData("banan", false)]
    [InlineData("ba nana", false)]
    [InlineData("bañana", false)]
    [InlineData("#mktd", true)]
    [InlineData("see #MKTD6", true)]
    [InlineData("mktd", false)]
    [InlineData("# mktd", false)]
    [InlineData("", false)]
    public void A_text_is_selected_by_any_term_in_any_case(string text, bool selected) => GibbScorer.IsSelected(text, Rules).ShouldBe(selected);

    [Fact]
    public void Beyond_ascii_only_the_kelvin_sign_becomes_a_letter()
    {
        var letters = Enumerable.Range(128, 65_536 - 128).Where(unit => char.ToLowerInvariant((char)unit) is >= 'a' and <= 'z');
        letters.ShouldBe([0x212A]);
        GibbScorer.Points("LI\u212AE", Rules).ShouldBe(1);
        GibbScorer.Points("#M\u212ATD", Rules).ShouldBe(100);
        GibbScorer.IsSelected("#M\u212ATD", Rules).ShouldBeTrue();
        GibbScorer.Points("L\u0130KE", Rules).ShouldBe(0); // dotted capital I
        GibbScorer.Points("\u017Fad", Rules).ShouldBe(0); // long s
    }

    [Fact]
    public void Every_listed_word_counts_and_repeats_count_again()
    {
        GibbScorer.Points(string.Join(' ', Rules.Positive), Rules).ShouldBe(22);
        GibbScorer.Points(string.Join('\u00A0', Rules.Negative), Rules).ShouldBe(-17);
        GibbScorer.Words("No! GOOD no #mktd6", Rules).ShouldBe([("no", -1), ("good", 1), ("no", -1), ("mktd", 100)]);
    }

    [Fact]
    public void Lists_terms_and_points_come_from_the_rules()
    {
        var rules = Rules with
        {
            Terms = ["Äpfel"],
            Positive = new[] { "both", "Wrong" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            Negative = new[] { "both", "worm" }.ToFrozenSet(),
            HashtagStem = "obst",
            HashtagPoints = 7,
        };
        GibbScorer.Words("both wrong worm good #obstsalat #mktd", rules).ShouldBe([("both", 1), ("worm", -1), ("obst", 7)]);
        GibbScorer.IsSelected("grüne äPFEL", rules).ShouldBeTrue();
        GibbScorer.IsSelected("banana", rules).ShouldBeFalse();
        GibbScorer.IsSelected("banana", rules with { Terms = [] }).ShouldBeFalse();
        GibbScorer.Points("#obst obst", rules with { HashtagStem = "" }).ShouldBe(0);
    }

    [Fact]
    public void A_word_longer_than_any_listed_matches_nothing_but_its_hashtag()
    {
        var longest = new string('a', GibberRules.LongestWord);
        var rules = Rules with { Positive = new[] { longest }.ToFrozenSet() };
        GibbScorer.Points(longest, rules).ShouldBe(1);
        GibbScorer.Points(longest + "a", rules).ShouldBe(0);
        GibbScorer.Points("#mktd" + longest, rules).ShouldBe(100);
        GibbScorer.Points("mktd" + longest, rules).ShouldBe(0);
    }

    [Fact]
    public void Points_are_the_sum_of_the_words_and_case_changes_neither() =>
        Prop.ForAll(Arb.From(Texts), text =>
        {
            var points = GibbScorer.Points(text, Rules);
            return points == GibbScorer.Words(text, Rules).Sum(word => word.Points)
                && points == GibbScorer.Points(text.ToUpperInvariant(), Rules)
                && GibbScorer.IsSelected(text, Rules) == GibbScorer.IsSelected(text.ToUpperInvariant(), Rules);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Any_text_at_all_can_be_scored() =>
        Prop.ForAll<string>(text => text is null || GibbScorer.Points(text, Rules) >= -text.Length)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Scoring_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("Good #mktd6 banana, verylongwordindeedlongerthananylistedone! ", 100));
        GibbScorer.Points(text, Rules).ShouldBe(10_100);
        GibbScorer.IsSelected("nothing", Rules).ShouldBeFalse();
        var before = GC.GetAllocatedBytesForCurrentThread();
        GibbScorer.Points(text, Rules);
        GibbScorer.IsSelected(text, Rules);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }

    [Fact]
    public void The_rules_default_to_the_game_as_written()
    {
        Rules.Terms.ShouldBe(["banana", "#mktd"]);
        (Rules.Positive.Count, Rules.Negative.Count).ShouldBe((22, 17));
        (Rules.HashtagStem, Rules.HashtagPoints, Rules.CoinsPerPoint.ToString()).ShouldBe(("mktd", 100, "0.01"));
        Rules.MaxCountedPerMinute.ShouldBe(6);
    }

    /// <summary>Texts of words that count, words that do not, and what may stand between.</summary>
    private static Gen<string> Texts => Gen.Elements(
            "good", "bad", "mktd", "#mktd", "#Mktdays", "mktdays", "banana", "no", "x",
            "é", "İ", "ſ", "\u212A", " ", "-", "#", "\t", "\uD83C", "\uDF4C")
        .ListOf().Select(parts => string.Concat(parts));
}

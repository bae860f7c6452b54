using System.Text.Json;
using Market.Actors.Gibber;
using Market.Fixtures;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Gibber;

/// <summary>
/// The 150 gibbs the original scored. Where our rules differ from it on purpose, the row is listed here with the reason;
/// a listed row must differ and no other may.
/// </summary>
public class HypeGoldenTests
{
    /// <summary>Why other words count in a row.</summary>
    public enum WordReason
    {
        /// <summary>The original deleted signs, tabs and CR, gluing the words beside them together; here they stand apart and count.</summary>
        Apart,

        /// <summary>The original deleted signs inside a word spelled with them; here they break it.</summary>
        Broken,

        /// <summary>Java's lower case of İ is an i and a dot, which the original deleted; here İ stays and breaks the word.</summary>
        DottedI,
    }

    /// <summary>Why a row is selected that was not.</summary>
    public enum SelectionReason
    {
        /// <summary>The original looked for banana in lower case only.</summary>
        AnyCase,

        /// <summary>The original did not look for #mktd in the text.</summary>
        MktdTerm,
    }

    private static readonly GibberRules Rules = GibberRules.Default;
    private static readonly IReadOnlyList<JsonElement> Gibbs = Golden.Rows("hype.jsonl");

    private static readonly Dictionary<string, SelectionReason> SelectedOtherwise = new()
    {
        ["d8bea2fa29524fb"] = SelectionReason.AnyCase, // BANANA
        ["d8bea2fa2952537"] = SelectionReason.MktdTerm, // #MKTD6
        ["d8bea2fa29525bd"] = SelectionReason.AnyCase,
        ["d8bea2fa29525bf"] = SelectionReason.AnyCase,
        ["d8bea2fa29525c3"] = SelectionReason.AnyCase,
        ["d8bea2fa29525cb"] = SelectionReason.AnyCase,
        ["d8bea2fa29525e1"] = SelectionReason.AnyCase,
        ["d8bea2fa29525e7"] = SelectionReason.AnyCase,
        ["d8bea2fa29525e9"] = SelectionReason.AnyCase,
        ["d8bea2fa29525eb"] = SelectionReason.AnyCase,
        ["d8bea2fa29525f5"] = SelectionReason.MktdTerm,
    };

    private static readonly Dictionary<string, WordReason> ScoredOtherwise = new()
    {
        ["d8bea2fa295250d"] = WordReason.Broken, // g.o.o.d
        ["d8bea2fa295250f"] = WordReason.Apart, // good,bad and so on
        ["d8bea2fa2952511"] = WordReason.Apart,
        ["d8bea2fa2952519"] = WordReason.Apart,
        ["d8bea2fa295251b"] = WordReason.Apart,
        ["d8bea2fa295251d"] = WordReason.Apart,
        ["d8bea2fa295251f"] = WordReason.Apart,
        ["d8bea2fa2952531"] = WordReason.Apart, // top-up
        ["d8bea2fa295253b"] = WordReason.Broken, // m-k-t-d
        ["d8bea2fa2952541"] = WordReason.Apart, // an address ending in /good
        ["d8bea2fa2952559"] = WordReason.Apart,
        ["d8bea2fa2952565"] = WordReason.Apart,
        ["d8bea2fa2952567"] = WordReason.Apart,
        ["d8bea2fa2952569"] = WordReason.Apart,
        ["d8bea2fa295256b"] = WordReason.Apart,
        ["d8bea2fa295256d"] = WordReason.Apart,
        ["d8bea2fa295256f"] = WordReason.Apart,
        ["d8bea2fa2952571"] = WordReason.Apart,
        ["d8bea2fa2952573"] = WordReason.Apart,
        ["d8bea2fa2952575"] = WordReason.Apart,
        ["d8bea2fa2952577"] = WordReason.Apart,
        ["d8bea2fa2952579"] = WordReason.Apart,
        ["d8bea2fa295257f"] = WordReason.Apart,
        ["d8bea2fa2952583"] = WordReason.Broken, // lo, a variation selector, ve
        ["d8bea2fa2952589"] = WordReason.DottedI, // LİKE
        ["d8bea2fa29525bd"] = WordReason.Apart, // from here on sentences with tabs, CR, hyphens and no-break spaces
        ["d8bea2fa29525c1"] = WordReason.Apart,
        ["d8bea2fa29525c7"] = WordReason.Apart,
        ["d8bea2fa29525c9"] = WordReason.Apart,
        ["d8bea2fa29525cb"] = WordReason.Apart,
        ["d8bea2fa29525cd"] = WordReason.Apart,
        ["d8bea2fa29525d3"] = WordReason.Apart,
        ["d8bea2fa29525d5"] = WordReason.Apart,
        ["d8bea2fa29525d7"] = WordReason.Apart,
        ["d8bea2fa29525d9"] = WordReason.Apart,
        ["d8bea2fa29525db"] = WordReason.Apart,
        ["d8bea2fa29525dd"] = WordReason.Apart,
        ["d8bea2fa29525df"] = WordReason.Apart,
        ["d8bea2fa29525e5"] = WordReason.Apart,
        ["d8bea2fa29525e7"] = WordReason.Apart,
        ["d8bea2fa29525ef"] = WordReason.Apart,
        ["d8bea2fa29525f1"] = WordReason.Apart,
        ["d8bea2fa29525f3"] = WordReason.Apart,
        ["d8bea2fa29525f5"] = WordReason.Apart,
    };

    [Fact]
    public void Exactly_the_listed_gibbs_are_selected_otherwise_than_by_the_original() =>
        Gibbs.Where(row => GibbScorer.IsSelected(row.Text("text"), Rules) != row.GetProperty("selected").GetBoolean())
            .Select(row => row.Text("id")).ShouldBe(SelectedOtherwise.Keys);

    [Fact]
    public void Exactly_the_listed_gibbs_count_other_words_than_the_original() =>
        Gibbs.Where(row => !GibbScorer.Words(row.Text("text"), Rules).SequenceEqual(Pieces(row)))
            .Select(row => row.Text("id")).ShouldBe(ScoredOtherwise.Keys);

    [Fact]
    public void All_others_have_the_points_and_the_hype_of_the_original()
    {
        Gibbs.Count.ShouldBe(150);
        foreach (var row in Gibbs.Where(row => !ScoredOtherwise.ContainsKey(row.Text("id"))))
        {
            var points = GibbScorer.Points(row.Text("text"), Rules);
            points.ShouldBe((int)row.Number("totalInfluence"), row.Text("text"));
            Rules.CoinsPerPoint.TryTimes(points, out var hype).ShouldBeTrue();
            hype.ShouldBe(Coins.Nearest(row.Number("pricePoints")), row.Text("text"));
        }
    }

    [Theory]
    [InlineData(WordReason.Apart, true)]
    [InlineData(WordReason.Broken, false)]
    [InlineData(WordReason.DottedI, false)]
    public void Words_apart_only_add_to_the_originals_and_broken_ones_only_take_away(WordReason reason, bool adds)
    {
        foreach (var row in Gibbs.Where(row => ScoredOtherwise.TryGetValue(row.Text("id"), out var why) && why == reason))
        {
            var (ours, original) = (GibbScorer.Words(row.Text("text"), Rules).ToList(), Pieces(row).ToList());
            var (larger, smaller) = adds ? (ours, original) : (original, ours);
            smaller.ShouldAllBe(word => larger.Remove(word), row.Text("text"));
            larger.ShouldNotBeEmpty(row.Text("text"));
        }
    }

    [Fact]
    public void A_reason_for_selection_is_true_of_its_gibb()
    {
        var bananaOnly = Rules with { Terms = ["banana"] };
        foreach (var row in Gibbs.Where(row => SelectedOtherwise.ContainsKey(row.Text("id"))))
        {
            GibbScorer.IsSelected(row.Text("text"), bananaOnly).ShouldBe(SelectedOtherwise[row.Text("id")] == SelectionReason.AnyCase);
        }
    }

    private static IEnumerable<(string, int)> Pieces(JsonElement row) =>
        row.GetProperty("pieces").EnumerateArray().Select(piece => (piece.Text("word"), (int)piece.Number("influence")));
}

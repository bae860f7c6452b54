using System.Globalization;
using System.Text;
using System.Text.Json;
using Market.Actors.Traders;
using Market.Fixtures;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Traders;

/// <summary>
/// The 2,485 transactions the original applied, each from the state before it. Where the original bailed out before it checked, its data
/// say what was intended, and that is what happens here. The only other differences are listed, and each listed row must differ.
/// </summary>
public class UpdatesGoldenTests
{
    private static readonly TraderRules NoLimit = new() { MaxOrderShares = long.MaxValue };
    private static readonly IReadOnlyList<JsonElement> Rows = Golden.Rows("updates.jsonl");

    /// <summary>Sequence and step of rows that hold NaN or ∞ coins, which cannot be read here.</summary>
    private static readonly (int Seq, int Step)[] NotFinite = [(1984, 6), (1984, 7), (1984, 8), (1984, 9), (1984, 10), (1984, 11), (1984, 12)];

    /// <summary>Rows whose shares wrapped around at 32 bits in the original, which then refused; here they fit.</summary>
    private static readonly (int Seq, int Step)[] Wrapped = [(1912, 7), (1920, 0), (1960, 6)];

    private static readonly string[] AllProfiles = ["normal", "greedy", "poor", "edge", "nonfinite"];

    public static TheoryData<string> Profiles => [.. AllProfiles];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_transaction_ends_as_in_the_original(string profile)
    {
        foreach (var row in Rows.Where(row => row.Text("profile") == profile && !IsIn(NotFinite, row) && !IsIn(Wrapped, row)))
        {
            var (status, after) = Apply(row);
            status.Name().ShouldBe(StatusOf(row), Place(row));
            ShouldBeAsIn(row, after);
        }
    }

    [Fact]
    public void All_rows_are_looked_at()
    {
        Rows.Count.ShouldBe(2_485);
        Rows.Select(row => row.Text("profile")).Distinct().ShouldBe(AllProfiles, ignoreOrder: true);
        Rows.Count(row => row.GetProperty("seedQuirk").GetBoolean()).ShouldBe(26);
        Rows.Count(row => IsIn(NotFinite, row) || IsIn(Wrapped, row)).ShouldBe(10);
    }

    [Fact]
    public void Rows_that_wrapped_around_at_32_bits_are_accepted_here()
    {
        foreach (var row in Rows.Where(row => IsIn(Wrapped, row)))
        {
            row.Text("status").ShouldBe("INSUFFICIENT_SHARES", Place(row));
            var (status, after) = Apply(row);
            status.ShouldBe(Status.Accepted, Place(row));
            after.Shares.ShouldBeGreaterThan(int.MaxValue, Place(row));
        }
    }

    [Fact]
    public void Rows_with_coins_that_are_no_number_or_infinite_are_refused_when_read()
    {
        foreach (var row in Rows.Where(row => IsIn(NotFinite, row)))
        {
            var amounts = new[] { row.GetProperty("before").Number("coins"), row.GetProperty("after").Number("coins") }.Concat(AmountOf(row.GetProperty("op")));
            var strange = amounts.Where(amount => !double.IsFinite(amount)).ToList();
            strange.ShouldNotBeEmpty(Place(row));
            foreach (var amount in strange)
            {
                CoinsText.TryRead(Encoding.UTF8.GetBytes(amount.ToString(CultureInfo.InvariantCulture)), out _).ShouldBeFalse();
                Should.Throw<OverflowException>(() => Coins.Nearest(amount));
            }
        }
    }

    private static IEnumerable<double> AmountOf(JsonElement op) => op.Text("kind") switch
    {
        "MARKET" => [op.Number("price")],
        "INVEST" => [op.Number("invested")],
        _ => [],
    };

    private static (Status Status, TraderState After) Apply(JsonElement row)
    {
        var before = StateOf(row.GetProperty("before"));
        var now = TimeOf(row.Text("now"));
        var op = row.GetProperty("op");
        if (op.Text("kind") == "BAILOUT")
        {
            var nothing = new TraderEvent(TraderEventType.Sold, CommandType.Sell, 0, Coins.Zero, Status.Accepted, BailedOut: true, null);
            return (Status.Accepted, TraderEvolution.Evolve(before, nothing, now)); // here a bailout is part of another event
        }
        var happened = op.Text("kind") == "RETURN"
            ? TraderDecider.Return(before, Coins.Nearest(row.GetProperty("updater").Number("coinsDiff")))
            : TraderDecider.Decide(before, CommandOf(op), PriceOf(op), NoLimit);
        return (happened.Status, TraderEvolution.Evolve(before, happened, now));
    }

    private static TraderCommand CommandOf(JsonElement op) => op.Text("kind") switch
    {
        "MARKET" when op.Text("type") == "BUY" => TraderCommand.Buy("t", op.GetProperty("shares").GetInt64()),
        "MARKET" => TraderCommand.Sell("t", op.GetProperty("shares").GetInt64()),
        "FEED" => TraderCommand.Feed("t", op.GetProperty("monkeys").GetInt64()),
        "INVEST" => TraderCommand.Invest("t", Coins.Nearest(op.Number("invested"))),
        var other => throw new FormatException(other),
    };

    private static Coins PriceOf(JsonElement op) => op.Text("kind") == "MARKET" ? Coins.Nearest(op.Number("price")) : Coins.Zero;

    private static string StatusOf(JsonElement row) => row.Text(row.GetProperty("seedQuirk").GetBoolean() ? "intendedStatus" : "status");

    /// <summary>
    /// All numbers exactly, coins within a micro-coin: one for each state read from a double, and half of one for each share of an order,
    /// because a price here is a whole number of micro-coins.
    /// </summary>
    private static void ShouldBeAsIn(JsonElement row, in TraderState after)
    {
        var expected = StateOf(row.GetProperty(row.GetProperty("seedQuirk").GetBoolean() ? "before" : "after"));
        (after with { Coins = expected.Coins }).ShouldBe(expected, Place(row));
        var op = row.GetProperty("op");
        var halves = op.Text("kind") == "MARKET" && after.Time == TimeOf(row.Text("now")) ? op.GetProperty("shares").GetInt64() : 0;
        Math.Abs((after.Coins - expected.Coins).Micro).ShouldBeLessThanOrEqualTo(1 + (halves / 2), Place(row));
    }

    private static TraderState StateOf(JsonElement state) => new(
        Coins.Nearest(state.Number("coins")), state.GetProperty("shares").GetInt64(), state.GetProperty("fedMonkeys").GetInt64(),
        state.GetProperty("bailouts").GetInt32(), state.GetProperty("inFlightInvestments").GetInt32(), TimeOf(state.Text("time")));

    private static Timestamp TimeOf(string text) => Timestamp.TryRead(text, out var time) ? time : throw new FormatException(text);

    private static bool IsIn((int Seq, int Step)[] rows, JsonElement row) =>
        rows.Contains((row.GetProperty("seq").GetInt32(), row.GetProperty("step").GetInt32()));

    private static string Place(JsonElement row) => row.ToString();
}

using System.Text.Json;
using Market.Actors.Prices;
using Market.Fixtures;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Prices;

/// <summary>The 200 ticks of the original price transformer. Ours rounds a price to micro-coins and keeps it within a floor and a ceiling.</summary>
public class EmaGoldenTests
{
    /// <summary>A price is off by at most half a micro-coin from its own rounding and half from that of the hype.</summary>
    private const double PriceError = 1e-6;

    private static readonly PriceRules Rules = PriceRules.Default;
    private static readonly IReadOnlyList<JsonElement> Ticks = Golden.Rows("ema.jsonl");

    /// <summary>Rows whose original price is under 0.01 coin, most of them negative; row 150 is exactly zero.</summary>
    private static readonly int[] Floored = [.. Enumerable.Range(134, 26), 171, 173, 175, 177, 179];

    /// <summary>Rows whose original price is above 1,000,000,000 coins.</summary>
    private static readonly int[] Capped = [170, 172, 174, 176, 178];

    [Fact]
    public void Every_price_is_the_originals_to_the_micro_coin_except_at_floor_and_ceiling()
    {
        Ticks.Count.ShouldBe(200);
        for (var i = 0; i < Ticks.Count; i++)
        {
            var (ours, original) = (PriceOf(Ticks[i]), Ticks[i].Number("price"));
            var differs = Math.Abs(ours.ToDouble() - original) > PriceError;
            differs.ShouldBe(Floored.Contains(i) || Capped.Contains(i), $"row {i}: {ours} for {original}");
            if (Floored.Contains(i)) { ours.ShouldBe(Rules.Floor); }
            if (Capped.Contains(i)) { ours.ShouldBe(Rules.Ceiling); }
        }
    }

    [Fact]
    public void Every_base_is_the_originals_bit_for_bit()
    {
        var basePrice = PriceState.Initial.Last.Base;
        foreach (var tick in Ticks)
        {
            basePrice = PriceFormula.NextBase(basePrice, tick.Number("mult"));
            basePrice.ShouldBe(tick.Number("base"));
        }
    }

    /// <summary>
    /// From the original's own average before each row: a tenth of the price's error comes through, and one rounding; the forecast
    /// adds the price's own relative error.
    /// </summary>
    [Fact]
    public void Every_average_and_forecast_follows_from_the_originals_average_before()
    {
        for (var i = 0; i < Ticks.Count; i++)
        {
            if (Floored.Contains(i) || Capped.Contains(i)) { continue; }
            var (price, forecast) = (PriceOf(Ticks[i]), Ticks[i].Number("forecast"));
            var ema = PriceFormula.NextEma(Ticks[i].NumberOrNull("emaBefore"), price);
            var emaError = ((i == 0 ? 1 : 0.1) * PriceError) + (1e-15 * Math.Abs(ema));
            ema.ShouldBe(Ticks[i].Number("ema"), emaError, $"row {i}");
            PriceFormula.Forecast(ema, price).ShouldBe(forecast, (emaError + (Math.Abs(forecast) * PriceError)) / price.ToDouble(), $"row {i}");
        }
    }

    /// <summary>An average of prices that are each off by a micro-coin at most is off by one at most, however long it runs.</summary>
    [Fact]
    public void Running_free_the_averages_stay_the_originals_until_the_first_floor()
    {
        double? ema = null;
        for (var i = 0; i < Floored[0]; i++)
        {
            ema = PriceFormula.NextEma(ema, PriceOf(Ticks[i]));
            ema.Value.ShouldBe(Ticks[i].Number("ema"), PriceError, $"row {i}");
        }
    }

    [Fact]
    public void Running_free_past_the_floor_averages_and_forecasts_stay_positive_where_the_originals_did_not()
    {
        double? ema = null;
        foreach (var tick in Ticks)
        {
            var price = PriceOf(tick);
            ema = PriceFormula.NextEma(ema, price);
            ema.Value.ShouldBeInRange(Rules.Floor.ToDouble(), Rules.Ceiling.ToDouble());
            PriceFormula.Forecast(ema.Value, price).ShouldBeInRange(double.Epsilon, double.MaxValue);
        }
        Ticks.Count(tick => tick.Number("forecast") is <= 0 or double.PositiveInfinity).ShouldBeGreaterThan(0);
    }

    private static Coins PriceOf(JsonElement tick) =>
        PriceFormula.Price(tick.Number("base"), Coins.Nearest(tick.NumberOrNull("hype") ?? 0), Rules);
}

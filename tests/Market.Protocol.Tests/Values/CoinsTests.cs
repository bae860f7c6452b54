using FsCheck;
using FsCheck.Fluent;
using Market.Protocol.Values;

namespace Market.Protocol.Tests.Values;

public class CoinsTests
{
    [Fact]
    public void A_coin_is_a_million_micro_coins()
    {
        Coins.Whole(1).Micro.ShouldBe(1_000_000);
        Coins.Whole(-3).Micro.ShouldBe(-3_000_000);
        Coins.Zero.Micro.ShouldBe(0);
        Should.Throw<OverflowException>(() => Coins.Whole(9_223_372_036_855));
    }

    [Theory]
    [InlineData(0.0000005, 0)] // half a micro-coin: the even one
    [InlineData(0.0000015, 2)]
    [InlineData(0.0000025, 2)]
    [InlineData(-0.0000015, -2)]
    [InlineData(1.02, 1_020_000)]
    [InlineData(0.1 + 0.2, 300_000)]
    [InlineData(-0.0, 0)]
    [InlineData(double.Epsilon, 0)]
    public void A_price_drawn_as_a_double_becomes_the_nearest_micro_coin(double coins, long micro) =>
        Coins.Nearest(coins).Micro.ShouldBe(micro);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e13)]
    [InlineData(-1e13)]
    [InlineData(double.MaxValue)]
    public void What_is_no_number_or_does_not_fit_is_no_coins(double coins) =>
        Should.Throw<OverflowException>(() => Coins.Nearest(coins));

    [Fact]
    public void Sums_and_differences_that_do_not_fit_throw()
    {
        var most = new Coins(long.MaxValue);
        var least = new Coins(long.MinValue);
        Should.Throw<OverflowException>(() => most + new Coins(1));
        Should.Throw<OverflowException>(() => least - new Coins(1));
        Should.Throw<OverflowException>(() => -least);
        (most - new Coins(1)).Micro.ShouldBe(long.MaxValue - 1);
    }

    [Theory]
    [InlineData(long.MaxValue, 1, true)]
    [InlineData(long.MaxValue, -1, true)]
    [InlineData(long.MinValue, -1, false)]
    [InlineData(long.MaxValue, 2, false)]
    [InlineData(3_037_000_500, 3_037_000_500, false)]
    [InlineData(3_037_000_499, 3_037_000_499, true)]
    [InlineData(1_000_000, long.MaxValue, false)]
    [InlineData(0, long.MaxValue, true)]
    public void A_product_says_whether_it_fits(long micro, long count, bool fits)
    {
        new Coins(micro).TryTimes(count, out var product).ShouldBe(fits);
        if (fits) { ((Int128)product.Micro).ShouldBe((Int128)micro * count); }
    }

    [Fact]
    public void Sums_and_products_agree_with_wider_arithmetic() => Prop.ForAll<long, long>((left, right) =>
    {
        var sum = (Int128)left + right;
        var product = (Int128)left * right;
        var adds = new Coins(left).TryAdd(new Coins(right), out var added);
        var multiplies = new Coins(left).TryTimes(right, out var multiplied);
        return adds == (sum == (long)sum) && (!adds || added.Micro == sum)
            && multiplies == (product == (long)product) && (!multiplies || multiplied.Micro == product);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Theory]
    [InlineData(long.MaxValue, 1, false)]
    [InlineData(long.MinValue, -1, false)]
    [InlineData(long.MinValue, long.MaxValue, true)]
    [InlineData(long.MaxValue, 0, true)]
    public void A_sum_says_whether_it_fits(long left, long right, bool fits) =>
        new Coins(left).TryAdd(new Coins(right), out _).ShouldBe(fits);

    [Fact]
    public void Coins_compare_as_their_numbers()
    {
        var (less, more) = (new Coins(-1), new Coins(1));
        (less < more && less <= more && more > less && more >= less).ShouldBeTrue();
        (less > more || more < less).ShouldBeFalse();
        less.CompareTo(more).ShouldBeNegative();
        (-less).ShouldBe(more);
    }

    [Fact]
    public void As_a_decimal_nothing_is_lost()
    {
        new Coins(long.MaxValue).ToDecimal().ShouldBe(9_223_372_036_854.775807m);
        new Coins(-1).ToDecimal().ShouldBe(-0.000001m);
        new Coins(1_020_000).ToDouble().ShouldBe(1.02);
    }
}

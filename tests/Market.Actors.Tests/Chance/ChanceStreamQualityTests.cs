using System.Numerics;
using Market.Actors.Chance;

namespace Market.Actors.Tests.Chance;

/// <summary>Smoke tests that draws look like chance, along one stream and across neighbouring ones.</summary>
public class ChanceStreamQualityTests
{
    private const int Draws = 100_000;
    private const ulong GoldenStep = 0x9E3779B97F4A7C15;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20180320)]
    public void Draws_of_one_stream_fill_all_cells_alike(ulong key)
    {
        var stream = new ChanceStream(key);
        Cells(100, i => stream.Uniform(i)).ShouldBeEven();
        Cells(100, i => (stream.Bits(i) & 0xFFFF_FFFF) / 4_294_967_296.0).ShouldBeEven(); // the low half too
    }

    [Theory]
    [InlineData(1)]
    [InlineData(GoldenStep)]
    [InlineData(1UL << 32)]
    [InlineData(1UL << 63 | 1)]
    public void The_same_draw_of_neighbouring_streams_fills_all_cells_alike(ulong keyStep)
    {
        Cells(100, i => new ChanceStream((ulong)i * keyStep).Uniform(0)).ShouldBeEven();
        Cells(100, i => new ChanceStream((ulong)i * keyStep).Uniform(17)).ShouldBeEven();
    }

    [Fact]
    public void Pairs_of_successive_draws_fill_the_square_alike()
    {
        var stream = new ChanceStream(3);
        var counts = new int[256];
        for (var i = 0; i < Draws; i++)
        {
            counts[((int)(stream.Uniform(2L * i) * 16) * 16) + (int)(stream.Uniform((2L * i) + 1) * 16)]++;
        }
        counts.ShouldBeEven();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void Draws_do_not_follow_earlier_ones(int lag)
    {
        var stream = new ChanceStream(11);
        Statistic.ShouldBeUncorrelated(Draws, i => stream.Uniform(i), i => stream.Uniform(i + lag));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(GoldenStep)]
    [InlineData(1UL << 32)]
    [InlineData(1UL << 63)]
    public void Neighbouring_streams_do_not_follow_each_other(ulong keyStep)
    {
        var (here, there) = (new ChanceStream(1_000), new ChanceStream(1_000 + keyStep));
        for (var shift = 0; shift < 3; shift++)
        {
            var behind = shift;
            Statistic.ShouldBeUncorrelated(Draws, i => here.Uniform(i), i => there.Uniform(i + behind));
            Statistic.ShouldBeUncorrelated(Draws, i => there.Uniform(i), i => here.Uniform(i + behind));
        }
    }

    [Fact]
    public void Streams_one_golden_step_apart_are_not_one_row_shifted()
    {
        var (here, there) = (new ChanceStream(5), new ChanceStream(5 + GoldenStep));
        var seen = Enumerable.Range(0, 1_000).Select(i => here.Bits(i)).ToHashSet();
        Enumerable.Range(0, 1_000).ShouldAllBe(i => !seen.Contains(there.Bits(i)));
    }

    [Fact]
    public void Each_of_the_64_bits_is_set_half_of_the_time()
    {
        var stream = new ChanceStream(23);
        var counts = new int[64];
        for (var i = 0; i < Draws; i++)
        {
            for (var bits = stream.Bits(i); bits != 0; bits &= bits - 1) { counts[BitOperations.TrailingZeroCount(bits)]++; }
        }
        counts.ShouldAllBe(seen => Math.Abs(seen - (Draws / 2)) < Statistic.StandardErrors * Math.Sqrt(Draws) / 2);
    }

    [Fact]
    public void One_flipped_bit_of_key_or_index_flips_half_of_the_draw()
    {
        const int Trials = 1_000;
        for (var bit = 0; bit < 63; bit++)
        {
            var (byKey, byIndex) = (0, 0);
            for (var i = 0; i < Trials; i++)
            {
                var bits = new ChanceStream((ulong)i).Bits(i);
                byKey += BitOperations.PopCount(bits ^ new ChanceStream((ulong)i ^ (1UL << bit)).Bits(i));
                byIndex += BitOperations.PopCount(bits ^ new ChanceStream((ulong)i).Bits(i ^ (1L << bit)));
            }
            var error = Statistic.StandardErrors * 4 / Math.Sqrt(Trials); // one draw: mean 32, standard deviation 4
            (byKey / (double)Trials).ShouldBe(32, error);
            (byIndex / (double)Trials).ShouldBe(32, error);
        }
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_a_normal()
    {
        var stream = new ChanceStream(31);
        var moments = new double[5];
        for (var i = 0; i < Draws; i++)
        {
            var (z, power) = (stream.Normal(i), 1.0);
            for (var m = 1; m <= 4; m++) { moments[m] += (power *= z) / Draws; }
        }
        // The variance of the mean of z^m is (E z^2m − (E z^m)²) ÷ n: 1, 2, 15, 96.
        moments[1].ShouldBe(0, Statistic.StandardErrors * Math.Sqrt(1.0 / Draws));
        moments[2].ShouldBe(1, Statistic.StandardErrors * Math.Sqrt(2.0 / Draws));
        moments[3].ShouldBe(0, Statistic.StandardErrors * Math.Sqrt(15.0 / Draws));
        moments[4].ShouldBe(3, Statistic.StandardErrors * Math.Sqrt(96.0 / Draws));
    }

    private static int[] Cells(int count, Func<int, double> draw)
    {
        var counts = new int[count];
        for (var i = 0; i < Draws; i++) { counts[(int)(draw(i) * count)]++; }
        return counts;
    }
}

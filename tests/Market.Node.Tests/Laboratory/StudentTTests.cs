using Market.Node.Laboratory;

namespace Market.Node.Tests.Laboratory;

public class StudentTTests
{
    /// <summary>t of 0.975, as the tables of textbooks have it, to their last digit.</summary>
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(3, 3.182)]
    [InlineData(4, 2.776)]
    [InlineData(5, 2.571)]
    [InlineData(9, 2.262)]
    [InlineData(10, 2.228)]
    [InlineData(19, 2.093)]
    [InlineData(20, 2.086)]
    [InlineData(30, 2.042)]
    [InlineData(60, 2.000)]
    [InlineData(120, 1.980)]
    [InlineData(100_000, 1.960)]
    public void Ninety_five_percent_are_within_the_tables_t(int degrees, double t) => Math.Round(StudentT.Within(degrees, 0.95), 3).ShouldBe(t);

    [Theory]
    [InlineData(1, 0.99, 63.657)]
    [InlineData(7, 0.90, 1.895)]
    [InlineData(12, 0.99, 3.055)]
    public void So_are_other_probabilities(int degrees, double probability, double t) => Math.Round(StudentT.Within(degrees, probability), 3).ShouldBe(t);

    [Fact]
    public void No_degree_of_freedom_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => StudentT.Within(0, 0.95));

    [Fact]
    public void An_estimate_is_mean_and_half_width()
    {
        // Mean 5, s² = 32/7, t(7) = 2.3646: 2.3646 · √(32/7 ÷ 8) = 1.7875.
        var estimate = Estimate.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        estimate.Mean.ShouldBe(5);
        estimate.HalfWidth.ShouldNotBeNull().ShouldBe(1.7875, 0.0001);
    }

    [Fact]
    public void One_sample_says_nothing_of_how_far_it_is_off() => Estimate.Of([3]).ShouldBe(new Estimate(1, 3, null));
}

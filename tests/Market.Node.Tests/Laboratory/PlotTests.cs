using System.Globalization;
using System.Xml.Linq;
using Market.Node.Laboratory;
using Market.Node.Laboratory.Plot;
using Market.Node.Tests.Cli;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Tests.Laboratory;

public sealed class PlotTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_run_is_plotted_with_all_its_series_and_labels()
    {
        _shell.Node = _shell.Node with { Simulate = SimulateMarket.RunAsync };
        (await _shell.RunAsync("simulate", "--traders", "100", "--ticks", "300", "--seed", "7", "--out", "run")).Exit.ShouldBe(0);

        var plot = XDocument.Load(Path.Combine(_shell.Folder, "run", RunFolder.Plot));
        foreach (var series in (string[])["price", "base", "hype-above", "hype-below", "burst", "volume", "median-score", "middle-scores", "highest-score", "lowest-score"])
        {
            Series(plot, series).ShouldNotBeEmpty(series);
        }
        var texts = Texts(plot);
        texts.ShouldContain("banana: 100 traders, 300 ticks, seed 7");
        texts.ShouldContain("tick, one every 1 s of market time");
        foreach (var title in (string[])["Price of a share, coins", "Volume, shares bought and sold a tick", "Score of a trader, monkeys fed − 20 × bailouts", "a bubble bursts", "300"])
        {
            texts.ShouldContain(title);
        }
        Points(Series(plot, "price").Single()).Count.ShouldBe(300);
    }

    [Fact]
    public void Higher_prices_stand_higher_and_later_ticks_further_right()
    {
        var points = Points(Series(Drawn([1, 2, 1.5]), "price").Single());

        points.Select(point => point.X).ShouldBeInOrder();
        points[1].Y.ShouldBeLessThan(points[2].Y);
        points[2].Y.ShouldBeLessThan(points[0].Y);
    }

    [Fact]
    public void Bursts_are_marked_where_they_are()
    {
        var plot = Drawn([1, 1, 1, 1, 1, 1], bursting: [false, true, true, false, true, false]);

        Series(plot, "burst").Count().ShouldBe(2);
    }

    [Fact]
    public void A_price_that_never_moves_can_be_drawn() =>
        Points(Series(Drawn([1, 1, 1]), "price").Single()).ShouldAllBe(point => double.IsFinite(point.X) && double.IsFinite(point.Y));

    [Fact]
    public void What_strangers_wrote_is_text_and_never_markup()
    {
        var plot = Drawn([1, 2], title: "<script>alert(1)</script> & \"co\" \u0007\u202e");

        plot.Descendants().ShouldNotContain(element => element.Name.LocalName == "script");
        Texts(plot).ShouldContain("<script>alert(1)</script> & \"co\" <U+0007><U+202E>");
    }

    [Fact]
    public void A_long_run_is_drawn_by_fewer_points_that_lose_no_peak_and_no_share()
    {
        var course = new Course();
        for (var seq = 1; seq <= 10_000; seq++) { course.Add(Tick(seq, seq == 6_789 ? 50 : 1, bursting: seq == 1_234), volume: 3); }

        course.Stretches.Count.ShouldBeInRange(Course.MostStretches / 2, Course.MostStretches);
        course.Stretches.Max(stretch => stretch.High).ShouldBe(50);
        course.Stretches.Sum(stretch => stretch.Volume).ShouldBe(30_000);
        course.Stretches.Count(stretch => stretch.Bursting).ShouldBe(1);
        course.Stretches[0].From.ShouldBe(1);
        course.Stretches[^1].To.ShouldBe(10_000);
        course.Stretches.Zip(course.Stretches.Skip(1)).ShouldAllBe(pair => pair.First.To + 1 == pair.Second.From);
    }

    [Fact]
    public void Scores_are_spread_by_rank() =>
        Spread.Of(4, [.. Enumerable.Range(0, 101).Reverse().Select(score => (long)score)]).ShouldBe(new Spread(4, 0, 10, 50, 90, 100));

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-37, 92, "-50 0 50 100")]
    [InlineData(3, 3, "2.4 2.6 2.8 3 3.2 3.4 3.6")]
    [InlineData(0, 987_654, "0 200000 400000 600000 800000 1000000")]
    public void Marks_are_round(double low, double high, string marks) =>
        string.Join(' ', Scale.Around(low, high, 0, 1, 5).Marks().Select(mark => Math.Round(mark, 6).ToString(CultureInfo.InvariantCulture))).ShouldBe(marks);

    private static XDocument Drawn(double[] prices, bool[]? bursting = null, string title = "a run")
    {
        var course = new Course();
        for (var i = 0; i < prices.Length; i++) { course.Add(Tick(i + 1, prices[i], bursting?[i] == true), volume: i); }
        course.Add(Spread.Of(prices.Length, [1, 2, 3]));
        var written = new StringWriter();
        RunPlot.Write(written, title, "somebody", TimeSpan.FromSeconds(1), course);
        return XDocument.Parse(written.ToString());
    }

    private static PriceTick Tick(long seq, double price, bool bursting) => new(seq, new Timestamp(seq), Coins.Nearest(price), 1, 1, Coins.Nearest(price - 1), bursting);

    private static IEnumerable<XElement> Series(XDocument plot, string name) => plot.Descendants().Where(element => (string?)element.Attribute("class") == name);

    private static List<string> Texts(XDocument plot) => [.. plot.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static List<(double X, double Y)> Points(XElement series) =>
    [
        .. ((string)series.Attribute("points")!).Split(' ').Select(point => point.Split(','))
            .Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture))),
    ];
}

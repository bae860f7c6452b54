using System.Text;
using Market.Node.Load;

namespace Market.Node.Tests.Load;

/// <summary>The parts of a load that no run would tell apart from a slow or a fast node.</summary>
public sealed class LoadTests
{
    [Fact]
    public void A_histogram_gives_each_share_within_three_percent()
    {
        var histogram = new LatencyHistogram();
        for (var ms = 1; ms <= 1_000; ms++) { histogram.Record(ms * 1_000_000L); }

        histogram.Ms(0.5).ShouldBeInRange(500, 516);
        histogram.Ms(0.99).ShouldBeInRange(990, 1_000);
        histogram.Ms(1).ShouldBe(1_000);
    }

    [Fact]
    public void A_rate_is_a_schedule_that_answers_do_not_move()
    {
        var plan = new LoadPlan { Node = new Uri("http://127.0.0.1/"), Market = default, Connections = 2, PerSecond = 1_000 };
        var first = LoadSchedule.Of(plan, connection: 0, startTicks: 0);
        var second = LoadSchedule.Of(plan, connection: 1, startTicks: 0);

        var between = System.Diagnostics.Stopwatch.Frequency / 1_000;
        first.DueTicks(3, nowTicks: long.MaxValue).ShouldBe(6 * between);
        second.DueTicks(3, nowTicks: 0).ShouldBe(7 * between);
    }

    [Fact]
    public void Every_order_of_an_answer_is_counted_under_its_status()
    {
        var tally = new AnswerTally();

        tally.Count("""{"results":[{"status":"ACCEPTED"},{"status":"DUPLICATE","first":"ACCEPTED"},{"status":"ACCEPTED"}]}"""u8, 3);
        tally.Count("""{"problem":{"title":"OVERLOADED","status":503}}"""u8, 2);
        tally.Count("nonsense"u8, 1);

        tally.AcceptedCount.ShouldBe(2);
        tally.Others.OrderBy(other => other.Key, StringComparer.Ordinal).Select(other => (other.Key, other.Value)).ShouldBe([("DUPLICATE", 1L), ("OVERLOADED", 2L), ("without a status", 1L)]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "{}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n")]
    public void An_answer_ends_where_it_says_and_not_before(string text, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "HTTP/1.1");
        var answers = new HttpAnswers();

        for (var length = 0; length < text.Length; length++) { answers.TryRead(bytes.AsSpan(0, length), out _).ShouldBeFalse($"after {length} bytes"); }
        answers.TryRead(bytes, out var answer).ShouldBeTrue();

        answer.Length.ShouldBe(text.Length);
        Encoding.UTF8.GetString(answer.Body).ShouldBe(body);
    }
}

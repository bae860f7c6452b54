using Market.Actors.Answers;
using Market.Node.Bots;
using Market.Protocol.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Node.Tests.Bots;

public sealed class GibbReplayTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.jsonl");
    private readonly ManualTime _time = new();
    private readonly PostBox _market = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Dispose()
    {
        _stop.Cancel();
        File.Delete(_file);
        _market.Dispose();
    }

    [Theory]
    [InlineData(1, 1_000, 2_500)]
    [InlineData(2, 500, 1_250)]
    [InlineData(0.5, 2_000, 5_000)]
    [InlineData(1_000_000, 1, 1)]
    public async Task Posts_come_at_the_pace_of_then_times_the_speed(double speed, int secondMs, int thirdMs)
    {
        Write(Line(0, "one"), Line(1_000, "two"), Line(3_500, "three"));
        Start(speed);
        (await _market.AcceptAsync()).Text.ShouldBe("one");
        (await PassTimerAsync()).TotalMilliseconds.ShouldBe(secondMs);
        (await _market.AcceptAsync()).Text.ShouldBe("two");
        if (thirdMs > 1) { (await PassTimerAsync()).TotalMilliseconds.ShouldBe(thirdMs); }
        (await _market.AcceptAsync()).ShouldBe(new PostGibb("jane", "three", "replay", null!), new SameGibb());
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_slow_answer_delays_one_post_and_not_those_after_it()
    {
        Write(Line(0, "one"), Line(1_000, "two"), Line(3_000, "three"));
        Start();
        var first = await _market.TakeAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1_800));
        first.AnswerTo.Answer(first.Tag, null!);
        (await _market.AcceptAsync()).Text.ShouldBe("two");
        (await PassTimerAsync()).TotalMilliseconds.ShouldBe(1_200);
        (await _market.AcceptAsync()).Text.ShouldBe("three");
    }

    [Fact]
    public async Task Nothing_is_posted_before_the_market_runs()
    {
        _market.Move(MarketStatus.Open);
        Write(Line(0, "one"));
        Start();
        await _market.HeldUpAsync();
        _time.Advance(TimeSpan.FromHours(1));
        _market.IsEmpty.ShouldBeTrue();
        _market.Move(MarketStatus.Running);
        (await _market.AcceptAsync()).Text.ShouldBe("one");
    }

    [Fact]
    public async Task A_pause_of_the_market_holds_the_file_up_as_long()
    {
        Write(Line(0, "one"), Line(1_000, "two"), Line(2_000, "three"));
        Start();
        await _market.AcceptAsync();
        await _time.NextTimerAsync();
        _market.Move(MarketStatus.Paused);
        _time.Advance(TimeSpan.FromSeconds(60));
        await _market.HeldUpAsync();
        _market.Move(MarketStatus.Running);
        (await _market.AcceptAsync()).Text.ShouldBe("two");
        (await PassTimerAsync()).TotalMilliseconds.ShouldBe(1_000);
        (await _market.AcceptAsync()).Text.ShouldBe("three");
    }

    [Fact]
    public async Task A_post_earlier_than_the_one_above_it_comes_at_once()
    {
        Write(Line(5_000, "one"), Line(0, "two"), Line(6_000, "three"));
        Start();
        await _market.AcceptAsync();
        (await _market.AcceptAsync()).Text.ShouldBe("two");
        (await PassTimerAsync()).TotalMilliseconds.ShouldBe(1_000);
        (await _market.AcceptAsync()).Text.ShouldBe("three");
    }

    [Theory]
    [InlineData(FailureKind.JournalUnavailable)]
    [InlineData(FailureKind.Overloaded)]
    public async Task What_could_not_be_answered_is_posted_again_a_second_later(FailureKind kind)
    {
        Write(Line(0, "one"), Line(10, "two"));
        Start();
        (await _market.FailAsync(kind)).Text.ShouldBe("one");
        (await PassTimerAsync()).TotalMilliseconds.ShouldBe(1_000);
        (await _market.AcceptAsync()).Text.ShouldBe("one");
        (await _market.AcceptAsync()).Text.ShouldBe("two");
    }

    [Fact]
    public async Task A_post_that_fails_by_itself_is_passed_over_and_a_stopped_market_ends_the_replay()
    {
        Write(Line(0, "one"), Line(0, "two"), Line(0, "three"));
        Start();
        await _market.FailAsync(FailureKind.Fault);
        (await _market.FailAsync(FailureKind.ShardStopped)).Text.ShouldBe("two");
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
        _market.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_gap_of_a_century_is_waited_for_day_by_day()
    {
        Write(Line(0, "one"), """{"time":"2118-03-20T12:00:00Z","author":"jane","text":"two"}""");
        Start();
        await _market.AcceptAsync();
        (await PassTimerAsync()).ShouldBe(TimeSpan.FromDays(1));
        (await _time.NextTimerAsync()).ShouldBe(TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_speed_that_is_none_is_refused(double speed)
    {
        Write(Line(0, "one"));
        (await Should.ThrowAsync<GibbsFileException>(Replay(speed).CheckAsync(default))).Message.ShouldContain("a speed above 0 is needed");
    }

    [Fact]
    public async Task Checking_counts_the_posts()
    {
        Write(Line(0, "one"), "", Line(0, "two"));
        (await Replay(1).CheckAsync(default)).ShouldBe(2);
    }

    private static string Line(int ms, string text) =>
        $$"""{"time":"2018-03-20T12:00:{{ms / 1_000:00}}.{{ms % 1_000:000}}Z","author":"jane","text":"{{text}}"}""";

    private void Write(params string[] lines) => File.WriteAllLines(_file, lines);

    private GibbReplay Replay(double speed) => new(_file, speed, _market.Region, _market.Gate, _time, NullLogger.Instance);

    private void Start(double speed = 1) => _running = Replay(speed).RunAsync(_stop.Token);

    /// <summary>Waits for the next timer and lets it go off.</summary>
    private async Task<TimeSpan> PassTimerAsync()
    {
        var wait = await _time.NextTimerAsync();
        _time.Advance(wait);
        return wait;
    }

    private sealed class SameGibb : IEqualityComparer<PostGibb>
    {
        public bool Equals(PostGibb? x, PostGibb? y) => (x?.Author, x?.Text, x?.Source) == (y?.Author, y?.Text, y?.Source);

        public int GetHashCode(PostGibb obj) => 0;
    }
}

using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Node.Bots;
using Market.Protocol.Messages;

namespace Market.Node.Tests.Bots;

public sealed class ChatterboxTests : IDisposable
{
    private static readonly ChanceStream Chance = new(7);

    private readonly ManualTime _time = new();
    private readonly PostBox _market = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Chatter _expected = new(Chance);
    private Task _running = Task.CompletedTask;

    public void Dispose()
    {
        _stop.Cancel();
        _market.Dispose();
    }

    [Fact]
    public async Task Says_what_its_chance_says_when_it_says_it()
    {
        Start();
        for (var i = 0; i < 50; i++)
        {
            var saying = _expected.Next();
            (await _time.NextTimerAsync()).TotalMilliseconds.ShouldBe(saying.WaitMs);
            saying.WaitMs.ShouldBeInRange(7_000, 20_000);
            _time.Advance(TimeSpan.FromMilliseconds(saying.WaitMs - 1));
            _market.IsEmpty.ShouldBeTrue();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            var post = await _market.AcceptAsync();
            (post.Author, post.Text, post.Source).ShouldBe((saying.Author, saying.Text, "bot"));
        }
    }

    [Fact]
    public async Task Says_nothing_while_the_market_stands_still_and_sets_no_timer()
    {
        Start();
        var wait = await _time.NextTimerAsync();
        _market.Move(MarketStatus.Paused);
        _time.Advance(wait);
        await _market.HeldUpAsync();
        _time.Timers.ShouldBe(0);
        _market.Move(MarketStatus.Running);
        _time.Advance(await _time.NextTimerAsync());
        _expected.Next();
        (await _market.AcceptAsync()).Text.ShouldBe(_expected.Next().Text);
    }

    [Fact]
    public async Task Nobody_waits_for_an_answer()
    {
        Start();
        _time.Advance(await _time.NextTimerAsync());
        await _market.TakeAsync();
        _time.Advance(await _time.NextTimerAsync());
        await _market.TakeAsync();
    }

    [Fact]
    public async Task Stops_when_told_to()
    {
        Start();
        await _time.NextTimerAsync();
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(_running);
        _time.Timers.ShouldBe(0);
    }

    private void Start() => _running = new Chatterbox(_market.Region, _market.Gate, new Chatter(Chance), _time).RunAsync(_stop.Token);
}

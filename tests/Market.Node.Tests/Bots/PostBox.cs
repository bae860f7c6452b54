using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Node.Bots;
using Market.Node.Doors;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Tests.Bots;

/// <summary>A market of which only Gibber's mailbox is there, and whoever looks into it answers.</summary>
public sealed class PostBox : IDisposable
{
    private readonly SemaphoreSlim _came = new(0);
    private readonly SemaphoreSlim _foundClosed = new(0);
    private readonly Mailbox _mailbox;
    private readonly Hub _hub = new();
    private MarketStatus _status;

    public PostBox(MarketStatus status = MarketStatus.Running)
    {
        _status = status;
        var rules = new MarketRules { Market = MarketId.Of("banana"), Shards = 1 };
        _mailbox = new Mailbox(16, () => _came.Release());
        Region = new MarketRegion(rules, [_mailbox]);
        Gate = new RunningGate(_hub, rules.Market, Status);
    }

    public MarketRegion Region { get; }

    public RunningGate Gate { get; }

    public bool IsEmpty => !_mailbox.HasMail;

    public void Move(MarketStatus status)
    {
        _status = status;
        _hub.Moved(Region.Rules.Market, status);
    }

    /// <summary>Waits until somebody has found the gate closed.</summary>
    public async Task HeldUpAsync() => (await _foundClosed.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("nobody came to the gate");

    /// <summary>Waits for the next post, and leaves it unanswered.</summary>
    public async Task<PostGibb> TakeAsync()
    {
        (await _came.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("nothing was posted");
        return (PostGibb)Take();
    }

    /// <summary>Waits for the next post, and answers that it was scored.</summary>
    public async Task<PostGibb> AcceptAsync()
    {
        var post = await TakeAsync();
        post.AnswerTo.Answer(post.Tag, new Gibb(1, default, post.Author, post.Text, post.Source, 0, NotCounted.None));
        return post;
    }

    public async Task<PostGibb> FailAsync(FailureKind kind)
    {
        var post = await TakeAsync();
        post.AnswerTo.Fail(post.Tag, new Failure(kind, "no"));
        return post;
    }

    public void Dispose()
    {
        Gate.Dispose();
        _came.Dispose();
        _foundClosed.Dispose();
    }

    private MarketStatus Status()
    {
        if (_status is not MarketStatus.Running) { _foundClosed.Release(); }
        return _status;
    }

    private Request Take() => (Request)_mailbox.TakeAll().Commands.ToArray().Single().Body!;
}

using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// What a turn will say once it is durable, in the order it was decided. Reused from turn to turn; owned by the shard's thread.
/// </summary>
public sealed class Outbound
{
    private (IAnswerTo<Result>? To, long Tag, Result Result)[] _results = new (IAnswerTo<Result>?, long, Result)[64];
    private int _count;

    // The few that are not results of commands: what to do when the turn is durable, and what when it is not.
    private readonly List<(Request Request, Action Say)> _replies = [];
    private readonly List<(TraderKey Trader, Result Result)> _news = [];

    public bool IsEmpty => _count == 0 && _replies.Count == 0 && _news.Count == 0;

    public void Answer(IAnswerTo<Result>? to, long tag, in Result result)
    {
        if (to is null) { return; }
        if (_count == _results.Length) { Array.Resize(ref _results, _count * 2); }
        _results[_count++] = (to, tag, result);
    }

    /// <summary>An answer to a request.</summary>
    public void Reply<TAnswer>(Request<TAnswer> request, TAnswer answer) =>
        _replies.Add((request, () => request.AnswerTo.Answer(request.Tag, answer)));

    /// <summary>A result that nobody asked for.</summary>
    public void Tell(TraderKey trader, in Result result) => _news.Add((trader, result));

    /// <summary>The turn is durable: say it all.</summary>
    public void Say(MarketId market, INewsFeed feed)
    {
        for (var i = 0; i < _count; i++) { _results[i].To!.Answer(_results[i].Tag, _results[i].Result); }
        foreach (var (trader, result) in _news) { feed.Tell(market, trader, result); }
        foreach (var (_, say) in _replies) { say(); }
        Clear();
    }

    /// <summary>The turn is not durable, or nobody knows: promise nothing.</summary>
    public void Fail(Failure failure)
    {
        for (var i = 0; i < _count; i++) { _results[i].To!.Fail(_results[i].Tag, failure); }
        foreach (var (request, _) in _replies) { request.Fail(failure); }
        Clear();
    }

    private void Clear()
    {
        Array.Clear(_results, 0, _count);
        _count = 0;
        _replies.Clear();
        _news.Clear();
    }
}

/// <summary>Where results go that nobody asked for: to whoever listens to a trader. Quick, never blocking, never throwing.</summary>
public interface INewsFeed
{
    void Tell(MarketId market, TraderKey trader, in Result result);
}

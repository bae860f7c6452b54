using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// What a turn will say once it is durable, in the order it was decided. Reused from turn to turn; owned by the shard's thread.
/// </summary>
public sealed class Outbound
{
    // Answers to commands, and news of traders that nobody asked for, in the order they were decided: a state told later is never an older one.
    private Said[] _results = new Said[64];
    private int _count;

    // The few that are not results: what to do when the turn is durable, and what when it is not.
    private readonly List<(Request Request, Action Say)> _replies = [];

    public bool IsEmpty => _count == 0 && _replies.Count == 0;

    public void Answer(IAnswerTo<Result>? to, long tag, in Result result)
    {
        if (to is not null) { Add(to, tag, null, result); }
    }

    /// <summary>An answer to a request.</summary>
    public void Reply<TAnswer>(Request<TAnswer> request, TAnswer answer) =>
        _replies.Add((request, () => request.AnswerTo.Answer(request.Tag, answer)));

    /// <summary>A result that nobody asked for.</summary>
    public void Tell(TraderKey trader, in Result result) => Add(null, 0, trader, result);

    /// <summary>The turn is durable: say it all.</summary>
    public void Say(MarketId market, INewsFeed feed)
    {
        foreach (ref readonly var said in _results.AsSpan(0, _count))
        {
            if (said.Trader is { } trader) { feed.Tell(market, trader, said.Result); }
            else { said.To!.Answer(said.Tag, said.Result); }
        }
        foreach (var (_, say) in _replies) { say(); }
        Clear();
    }

    /// <summary>The turn is not durable, or nobody knows: promise nothing.</summary>
    public void Fail(Failure failure)
    {
        foreach (ref readonly var unsaid in _results.AsSpan(0, _count)) { unsaid.To?.Fail(unsaid.Tag, failure); }
        foreach (var (request, _) in _replies) { request.Fail(failure); }
        Clear();
    }

    private void Clear()
    {
        Array.Clear(_results, 0, _count);
        _count = 0;
        _replies.Clear();
    }

    /// <summary>Field by field where it will stand: a result has 150 bytes, and this is done for every order.</summary>
    private void Add(IAnswerTo<Result>? to, long tag, TraderKey? trader, in Result result)
    {
        if (_count == _results.Length) { Array.Resize(ref _results, _count * 2); }
        ref var said = ref _results[_count++];
        said.To = to;
        said.Tag = tag;
        said.Trader = trader;
        said.Result = result;
    }

    private struct Said
    {
        public IAnswerTo<Result>? To;
        public long Tag;
        public TraderKey? Trader;
        public Result Result;
    }
}

/// <summary>Where results go that nobody asked for: to whoever listens to a trader. Quick, never blocking, never throwing.</summary>
public interface INewsFeed
{
    /// <summary>Nobody is told from here.</summary>
    static INewsFeed None { get; } = new Silence();

    void Tell(MarketId market, TraderKey trader, in Result result);

    private sealed class Silence : INewsFeed
    {
        public void Tell(MarketId market, TraderKey trader, in Result result)
        {
        }
    }
}

using Market.Actors.Answers;
using Market.Actors.Shards;

namespace Market.Node.Doors;

/// <summary>No answer could be given; the failure says why.</summary>
public sealed class UnansweredException(Failure failure) : Exception(failure.Message)
{
    public Failure Failure => failure;
}

/// <summary>Asking an actor and waiting for what it says.</summary>
public static class Asking
{
    /// <exception cref="UnansweredException">The market can promise nothing now.</exception>
    public static Task<TAnswer> AskAsync<TAnswer>(
        this MarketRegion region, Func<IAnswerTo<TAnswer>, Request<TAnswer>> request, CancellationToken cancel)
    {
        var pending = new PendingAnswer<TAnswer>();
        if (!region.TryAsk(request(pending))) { throw new UnansweredException(CommandDoor.Overloaded); }
        return pending.Task.WaitAsync(cancel);
    }

    private sealed class PendingAnswer<TAnswer> : IAnswerTo<TAnswer>
    {
        private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TAnswer> Task => _answer.Task;

        public void Answer(long tag, in TAnswer answer) => _answer.TrySetResult(answer);

        public void Fail(long tag, Failure failure) => _answer.TrySetException(new UnansweredException(failure));
    }
}

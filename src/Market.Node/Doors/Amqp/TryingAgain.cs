using System.Collections.Concurrent;
using Market.Actors.Answers;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// Commands that the market could promise nothing for: posted again and again, in their order, until they are answered. After <see cref="GiveUpAfter"/>
/// they are set aside, perhaps done, perhaps not; sent again with the same txnId they have one effect. As many as the prefetch allows.
/// </summary>
internal sealed class TryingAgain(Replies replies, TimeProvider time)
{
    /// <summary>Longer than a shard takes to find a new owner, or a database to start again.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(PostedCommand Command, Failure Why)> _waiting = new();

    public void Add(PostedCommand command, Failure why)
    {
        if (why.Kind is FailureKind.Fault || time.GetElapsedTime(command.PostedAt) > GiveUpAfter)
        {
            replies.Send(command.Delivery.Rejected(Rejection.Unavailable(why.Message)), command.Delivery.Mark);
            return;
        }
        _waiting.Enqueue((command, why));
    }

    /// <summary>Posts until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            for (var waiting = _waiting.Count; waiting > 0 && _waiting.TryDequeue(out var next); waiting--)
            {
                if (!next.Command.TryAgain()) { Add(next.Command, next.Why); }
            }
        }
    }
}

using System.Diagnostics;
using Market.Actors.Answers;
using Market.Node.Doors.Limits;
using Market.Node.Hosting;
using Market.Node.Telemetry;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors;

/// <summary>
/// What every door does with commands it has read: refuses those that need no actor, in the order of the rules, and posts the others.
/// </summary>
public sealed class CommandDoor(MarketNode node, TraderLimits limits)
{
    /// <summary>How long a door waits for room in a mailbox before it gives up, in ms.</summary>
    private const int PatienceMs = 5_000;

    private static readonly Failure CutOff = new(FailureKind.Unreachable, "This node cannot reach the cluster; send it again with the same txnId.");

    public static Failure Overloaded { get; } = new(FailureKind.Overloaded, "The market has more to do than it can; send it again with the same txnId.");

    /// <summary>To a connection that <see cref="Takes"/> refuses.</summary>
    public static Failure ConnectAgain { get; } = new(
        FailureKind.Unreachable, "This node was cut off or stood still after you connected, and cannot tell new commands from old ones; connect again, and send again with the same txnIds.");

    /// <summary>Posts one command, or answers it at once. Waits while the mailbox is full, which is how a flood is slowed down.</summary>
    /// <param name="trader">Whose token was shown; null when none was.</param>
    /// <param name="answerTo">Gets the answer, or why there is none.</param>
    /// <param name="tag">Given back with the answer: the command's place among those that go to the same address.</param>
    /// <param name="parent">The trace that it belongs to; null for that of what is being done now, if any.</param>
    /// <param name="isNew">False when it may have been let in before: then no limit counts it again.</param>
    public ValueTask PostAsync(
        RunningMarket market, TraderKey? trader, in CommandReading reading, IAnswerTo<Result> answerTo, int tag, CancellationToken cancel, ActivityContext? parent = null, bool isNew = true)
    {
        answerTo = Traces.Order(market.Id, trader, reading.Command, parent, answerTo);
        if (Refuse(market, trader, reading, isNew) is { } refused)
        {
            answerTo.Answer(tag, refused);
            return ValueTask.CompletedTask;
        }
        if (node.Cluster is { } cluster && !cluster.Lease.IsHeld(node.Clock.Now))
        {
            answerTo.Fail(tag, CutOff);
            return ValueTask.CompletedTask;
        }
        return market.Region.TryTell(trader!, reading.Command, answerTo, tag)
            ? ValueTask.CompletedTask
            : PostSlowlyAsync(market, trader!, reading.Command, answerTo, tag, cancel);
    }

    /// <summary>Whether what comes by a connection of this age may be posted: not what a cut or a standstill of this node may have held up.</summary>
    public bool Takes(TimeSpan connectedFor) => node.Cluster is not { } cluster || cluster.Lease.Covers(node.Clock.Now.Plus(-(long)connectedFor.TotalMilliseconds));

    private static async ValueTask PostSlowlyAsync(
        RunningMarket market, TraderKey trader, TraderCommand command, IAnswerTo<Result> answerTo, int tag, CancellationToken cancel)
    {
        var until = Environment.TickCount64 + PatienceMs;
        while (!market.Region.TryTell(trader, command, answerTo, tag))
        {
            if (Environment.TickCount64 > until || cancel.IsCancellationRequested)
            {
                answerTo.Fail(tag, Overloaded);
                return;
            }
            await Task.Delay(1, CancellationToken.None);
        }
    }

    /// <summary>The answers from 10 to 14, in their order.</summary>
    private Result? Refuse(RunningMarket market, TraderKey? trader, in CommandReading reading, bool isNew)
    {
        var type = Result.TypeOf(reading.Command.Type);
        if (reading.Problem is { } problem)
        {
            return new Result { TxnId = reading.TxnId ?? "", Type = type, Status = Status.Malformed, Message = problem };
        }
        if (trader is null || !reading.IsFor(trader))
        {
            return new Result { TxnId = reading.Command.TxnId, Type = type, Status = Status.Unauthorized };
        }
        var retryAfterMs = 0L;
        if (!isNew || limits.TryTake(market.Id, trader, out retryAfterMs)) { return null; }
        return market.View.Status is MarketStatus.Running
            ? new Result
            {
                TxnId = reading.Command.TxnId,
                Type = type,
                Status = Status.RateLimited,
                RetryAfterMs = retryAfterMs,
                Message = $"At most {limits.PerSecond} commands a second, {limits.Burst} at once; come back in {retryAfterMs} ms.",
            }
            : new Result { TxnId = reading.Command.TxnId, Type = type, Status = Status.MarketClosed };
    }
}

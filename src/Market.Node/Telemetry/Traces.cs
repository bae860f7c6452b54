using System.Diagnostics;
using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Telemetry;

/// <summary>
/// The way of one command, as spans: <c>order</c> from the door that posted it until it was answered, and in a cluster <c>shard</c>, its child, from its
/// delivery to the shard's owner until its turn was durable. Of a command that nobody follows nothing is made.
/// </summary>
internal static class Traces
{
    public const string SourceName = "monkonomy";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>Null for what is no <c>traceparent</c> of W3C Trace Context.</returns>
    public static ActivityContext? Read(string? traceParent) => ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : null;

    /// <param name="parent">What the door was told; null for whatever is being done now.</param>
    /// <returns>The address itself when nobody wants to know.</returns>
    public static IAnswerTo<Result> Order(MarketId market, TraderKey? trader, in TraderCommand command, ActivityContext? parent, IAnswerTo<Result> answerTo)
    {
        if (!Source.HasListeners() || Start("order", ActivityKind.Internal, parent ?? Activity.Current?.Context ?? default) is not { } span) { return answerTo; }
        span.SetTag("monkonomy.market", market.Value);
        span.SetTag("monkonomy.trader", trader?.ToString());
        span.SetTag("monkonomy.type", command.Type.ToString());
        span.SetTag("monkonomy.txn_id", command.TxnId);
        return new TracedAnswer(span, answerTo);
    }

    /// <summary>What a mail means to a mailbox, followed where its sender follows it.</summary>
    public static Envelope Shard(StreamId shard, Incoming incoming, in Envelope envelope)
    {
        if (incoming.Mail is not CommandMail mail || mail.Commands[(int)envelope.Tag].TraceParent is not { } parent || !Source.HasListeners()) { return envelope; }
        if (Read(parent) is not { } context || Start("shard", ActivityKind.Consumer, context) is not { } span) { return envelope; }
        span.SetTag("monkonomy.shard", shard.ToString());
        span.SetTag("monkonomy.redelivered", incoming.Redelivered);
        return new Envelope { Trader = envelope.Trader, Command = envelope.Command, Tag = envelope.Tag, AnswerTo = new TracedAnswer(span, envelope.AnswerTo!) };
    }

    /// <summary>A span that is nobody's surroundings: it ends on another thread, and what this one does next is not part of it.</summary>
    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent)
    {
        var now = Activity.Current;
        var span = Source.StartActivity(name, kind, parent);
        Activity.Current = now;
        return span;
    }

    private sealed class TracedAnswer(Activity span, IAnswerTo<Result> answerTo) : IAnswerTo<Result>, ITraced
    {
        public string TraceParent => span.Id!;

        public void Answer(long tag, in Result answer)
        {
            span.SetTag("monkonomy.status", answer.Status.Name());
            End();
            answerTo.Answer(tag, answer);
        }

        public void Fail(long tag, Failure failure)
        {
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
            End();
            answerTo.Fail(tag, failure);
        }

        private void End()
        {
            var now = Activity.Current;
            span.Stop();
            Activity.Current = now;
        }
    }
}

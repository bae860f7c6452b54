namespace Market.Node.Doors.Amqp;

/// <summary>What becomes of a queue's deliveries: each is answered by a letter, and acknowledged once the broker has that.</summary>
internal sealed class Replies
{
    private readonly Outbox _outbox;
    private readonly Acknowledgements _acknowledgements;

    public Replies(Outbox outbox, Acknowledgements acknowledgements, TimeProvider time)
    {
        (_outbox, _acknowledgements) = (outbox, acknowledgements);
        Again = new TryingAgain(this, time);
    }

    /// <summary>Those that cannot be answered now.</summary>
    public TryingAgain Again { get; }

    /// <summary>A letter that answers a delivery.</summary>
    public void Send(in Letter letter, ulong mark) => _outbox.Send(letter, () => _acknowledgements.Done(mark));

    /// <summary>A letter that is not all: another one, after it, answers.</summary>
    public void SendFirst(in Letter letter) => _outbox.Send(letter, null);

    /// <summary>A delivery that needs no letter.</summary>
    public void Acknowledge(ulong mark) => _acknowledgements.Done(mark);
}

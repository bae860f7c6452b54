using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>
/// Publishes in order, and says of each message, in the same order, that the broker has it. A message between nodes that the broker refuses or cannot
/// route ends the session: nobody may believe that it arrived. One to clients is refused when any queue that a client bound is full, and means no more
/// than that. One publisher at a time.
/// </summary>
public sealed class ConfirmedChannel : IAsyncDisposable
{
    private static readonly BasicProperties Persistent = new() { DeliveryMode = DeliveryModes.Persistent };

    private readonly IChannel _channel;
    private readonly SemaphoreSlim _room;
    private readonly Action<string> _broken;
    private readonly Lock _gate = new();

    // Owned by the gate: messages from _first up to but not including _next are on their way; each stands at its tag modulo the window.
    private readonly Waiting[] _waiting;
    private ulong _first = 1;
    private ulong _next = 1;

    /// <param name="channel">Made with <see cref="Options"/>; owned by this.</param>
    /// <param name="broken">Told when something was refused, could not be routed, or the channel ended.</param>
    /// <param name="refused">For messages to clients: told of each that was refused, which then counts as told. Null, the default: none may be refused.</param>
    /// <param name="window">Most messages not confirmed; the publisher waits when there are so many. Default 1,000.</param>
    public ConfirmedChannel(IChannel channel, Action<string> broken, Action? refused = null, int window = 1_000)
    {
        _channel = channel;
        _broken = broken;
        _room = new SemaphoreSlim(window);
        _waiting = new Waiting[window];
        channel.BasicAcksAsync += (_, acked) => Confirm(acked.DeliveryTag, acked.Multiple);
        channel.BasicNacksAsync += (_, nack) => refused is null ? Break($"The broker refused message {nack.DeliveryTag}.") : Confirm(nack.DeliveryTag, nack.Multiple, refused);
        channel.BasicReturnAsync += (_, returned) => Break($"No queue takes {returned.Exchange}/{returned.RoutingKey}: {returned.ReplyText}");
        channel.ChannelShutdownAsync += (_, reason) => Break(reason.ReplyText);
    }

    /// <summary>Confirms are counted here: the client's own tracking waits for each.</summary>
    public static CreateChannelOptions Options { get; } = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);

    /// <summary>Returns when the message is on its way; <paramref name="confirmed"/> is called once the broker has it, after those of all before.</summary>
    public Task PublishAsync(string exchange, string routingKey, ReadOnlyMemory<byte> body, bool mandatory, Action? confirmed, CancellationToken cancel) =>
        PublishAsync(exchange, routingKey, Persistent, body, mandatory, confirmed, cancel);

    /// <param name="properties">Not changed from here on: many messages may share them.</param>
    public async Task PublishAsync(
        string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, bool mandatory, Action? confirmed, CancellationToken cancel)
    {
        await _room.WaitAsync(cancel);
        lock (_gate) { _waiting[_next++ % (ulong)_waiting.Length] = new Waiting(confirmed, IsConfirmed: false); }
        await _channel.BasicPublishAsync(exchange, routingKey, mandatory, properties, body, cancel);
    }

    public ValueTask DisposeAsync()
    {
        _room.Dispose();
        return _channel.DisposeAsync();
    }

    private Task Confirm(ulong tag, bool multiple, Action? each = null)
    {
        ulong done;
        lock (_gate)
        {
            done = _first;
            for (var confirmed = multiple ? _first : tag; confirmed <= tag; confirmed++)
            {
                if (!Of(confirmed).IsConfirmed) { each?.Invoke(); }
                Of(confirmed).IsConfirmed = true;
            }
            while (_first < _next && Of(_first).IsConfirmed) { Of(_first++).Then?.Invoke(); }
            done = _first - done;
        }
        if (done > 0) { _room.Release((int)done); }
        return Task.CompletedTask;
    }

    private ref Waiting Of(ulong tag) => ref _waiting[tag % (ulong)_waiting.Length];

    private Task Break(string reason)
    {
        _broken(reason);
        return Task.CompletedTask;
    }

    private record struct Waiting(Action? Then, bool IsConfirmed);
}

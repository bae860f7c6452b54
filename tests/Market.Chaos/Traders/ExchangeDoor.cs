using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Market.Chaos.Traders;

/// <summary>The broker's exchanges, as a client in any language has them: it knows the broker, a trader and a token, and nothing of nodes.</summary>
internal sealed class ExchangeDoor(Uri broker) : IDoor
{
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    public string Kind => "AMQP";

    public async Task<IConversation> OpenAsync(Pass pass, int attempt, CancellationToken cancel)
    {
        IConnection? connection = null;
        try
        {
            connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
            var conversation = new Conversation(connection, await connection.CreateChannelAsync(Confirmed, cancel), pass);
            await conversation.ListenAsync(cancel);
            return conversation;
        }
        catch (Exception gone) when (Conversation.IsLoss(gone))
        {
            connection?.Dispose();
            throw new DoorLostException(gone.Message, isRefusal: false, gone);
        }
    }

    private sealed class Conversation(IConnection connection, IChannel channel, Pass pass) : IConversation
    {
        private readonly Channel<JsonElement> _told = System.Threading.Channels.Channel.CreateUnbounded<JsonElement>();
        private readonly string _key = $"banana.{pass.Team}.{pass.Name}";
        private readonly BasicProperties _properties = new() { DeliveryMode = DeliveryModes.Persistent, Headers = new Dictionary<string, object?> { ["token"] = pass.Token } };

        public static bool IsLoss(Exception gone) =>
            gone is RabbitMQClientException or OperationCanceledException or IOException or TimeoutException or ObjectDisposedException or ChannelClosedException;

        public async Task ListenAsync(CancellationToken cancel)
        {
            channel.ChannelShutdownAsync += (_, _) => Task.FromResult(_told.Writer.TryComplete());
            var own = (await channel.QueueDeclareAsync(cancellationToken: cancel)).QueueName;
            await channel.QueueBindAsync(own, "txn-results", _key, cancellationToken: cancel);
            await channel.BasicConsumeAsync(own, autoAck: true, new Listener(channel, _told.Writer), cancel);
        }

        /// <summary>Answers are told apart by their txnIds; one that comes again, to what was asked before, is only heard.</summary>
        public async Task<IReadOnlyList<JsonElement>> AskAsync(IReadOnlyList<string> commands, Action<JsonElement> heard, CancellationToken cancel)
        {
            try
            {
                var asked = commands.Select(TxnIdOf).ToList();
                var sent = commands.Select(command => SendAsync(command, cancel)).ToList();
                var answers = new Dictionary<string, JsonElement>();
                while (answers.Count < asked.Count)
                {
                    var told = await _told.Reader.ReadAsync(cancel);
                    var isAnswer = told.GetProperty("type").GetString() is "MARKET" or "INVEST" or "FEED" && asked.Contains(told.GetProperty("txnId").GetString()!);
                    if (!isAnswer || !answers.TryAdd(told.GetProperty("txnId").GetString()!, told)) { heard(told); }
                }
                await Task.WhenAll(sent);
                return [.. asked.Select(txnId => answers[txnId])];
            }
            catch (Exception gone) when (IsLoss(gone))
            {
                throw new DoorLostException(gone.Message, isRefusal: false, gone);
            }
        }

        public void Dispose()
        {
            channel.Dispose();
            connection.Dispose();
        }

        private async Task SendAsync(string command, CancellationToken cancel) =>
            await channel.BasicPublishAsync(ExchangeOf(command), _key, mandatory: true, _properties, Encoding.UTF8.GetBytes(command), cancel);

        private static string TxnIdOf(string command) => Field(command, "txnId");

        private static string ExchangeOf(string command) => Field(command, "type") switch
        {
            "INVEST" => "investment-orders",
            "FEED" => "feed-monkeys",
            _ => "market-orders",
        };

        private static string Field(string command, string name)
        {
            using var json = JsonDocument.Parse(command);
            return json.RootElement.GetProperty(name).GetString()!;
        }
    }

    private sealed class Listener(IChannel channel, ChannelWriter<JsonElement> told) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            using var json = JsonDocument.Parse(body);
            told.TryWrite(json.RootElement.Clone());
            return Task.CompletedTask;
        }
    }
}

using System.Text.Json;

namespace Market.Chaos.Traders;

/// <summary>A way for traders to reach the cluster: a kind of client. What it needs to know of nodes and brokers it knows itself.</summary>
internal interface IDoor
{
    /// <summary>As the table at the end calls it.</summary>
    string Kind { get; }

    /// <summary>Opens a conversation for one trader, with whichever node or broker is next.</summary>
    /// <param name="attempt">Goes up with each one of the trader: another one, another node.</param>
    /// <exception cref="DoorLostException">It cannot be had there now.</exception>
    Task<IConversation> OpenAsync(Pass pass, int attempt, CancellationToken cancel);
}

/// <summary>One trader's connection, for as long as it holds.</summary>
internal interface IConversation : IDisposable
{
    /// <summary>Sends commands, and waits for the answers to all of them, in their order.</summary>
    /// <param name="commands">Each an object of JSON.</param>
    /// <param name="heard">Told of results that nobody asked for: what comes home, and bailouts.</param>
    /// <exception cref="DoorLostException">What was asked may or may not have been done; the conversation is over.</exception>
    Task<IReadOnlyList<JsonElement>> AskAsync(IReadOnlyList<string> commands, Action<JsonElement> heard, CancellationToken cancel);
}

/// <summary>What a trader shows at any door of the cluster.</summary>
internal sealed record Pass(string Team, string Name, string Token);

/// <summary>A conversation is over, or the cluster promises nothing now.</summary>
/// <param name="isRefusal">It said so itself: 503.</param>
internal sealed class DoorLostException(string message, bool isRefusal, Exception? inner = null) : Exception(message, inner)
{
    public bool IsRefusal => isRefusal;
}

using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>A command that a trader wants done: it asks until it is told what became of it.</summary>
internal sealed class Wish(TraderCommand command)
{
    public TraderCommand Command { get; } = command;

    public bool IsTold { get; set; }

    /// <summary>The doors it was asked at, as bits.</summary>
    public int Doors { get; set; }
}

/// <summary>Whoever acts as one trader of one market.</summary>
internal sealed class Client(int market, TraderKey key, bool joins)
{
    public int Market { get; } = market;

    public TraderKey Key { get; } = key;

    /// <summary>False for one that asks without ever having joined.</summary>
    public bool Joins { get; } = joins;

    public List<Wish> Wishes { get; } = [];
}

/// <summary>A request on its way to a door.</summary>
/// <param name="Client">Whose command it is; null when it is none.</param>
/// <param name="Ask">Makes the request, when it is no command.</param>
internal sealed record Letter(int Market, int Door, Client? Client, TraderCommand Command, Wish? Wish, Func<Door, long, Request>? Ask, string What);

/// <summary>A request that reached a mailbox, and so is owed one answer for as long as the machine lives.</summary>
/// <param name="PostedAt">Appends made durable until then.</param>
internal sealed record Attempt(Letter Letter, Machine Machine, int PostedAt)
{
    public bool IsDone { get; set; }
}

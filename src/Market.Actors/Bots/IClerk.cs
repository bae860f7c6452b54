using Market.Protocol.Messages;

namespace Market.Actors.Bots;

/// <summary>
/// Carries what is done at one desk to the market: the host's side of a desk. Called during a call to the desk's <see cref="Player"/>;
/// an implementer returns at once and never calls the player back from within.
/// </summary>
public interface IClerk
{
    /// <summary>
    /// Sends a command. When it is sent, exactly one of <see cref="Player.Answered"/> and <see cref="Player.Failed"/> is called for its number, later.
    /// </summary>
    /// <param name="number">The command's own number at this desk; the same when it is sent again.</param>
    /// <returns>False when it certainly was not sent: the market is not running, or has too much to do.</returns>
    bool TrySend(in TraderCommand command, long number);

    /// <summary>Posts a gibb in the trader's name; nobody waits for what becomes of it. False as above.</summary>
    bool TryPost(string text);
}

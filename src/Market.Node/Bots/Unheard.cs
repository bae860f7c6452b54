using Market.Actors.Answers;
using Market.Protocol.Messages;

namespace Market.Node.Bots;

/// <summary>For gibbs of which nobody waits to hear what became.</summary>
internal sealed class Unheard : IAnswerTo<Gibb>
{
    public static readonly Unheard Instance = new();

    public void Answer(long tag, in Gibb answer)
    {
    }

    public void Fail(long tag, Failure failure)
    {
    }
}

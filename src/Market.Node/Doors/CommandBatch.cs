using Market.Actors.Answers;
using Market.Protocol.Messages;

namespace Market.Node.Doors;

/// <summary>
/// The answers to the commands of one frame or request, gathered in the order they were asked. Filled by the door and by the
/// engine's thread; whoever fills the last place calls back.
/// </summary>
/// <param name="isArray">Whether an array was asked, and so an array is answered.</param>
/// <param name="completed">Called once, on the thread that filled the last place; must be quick.</param>
public sealed class CommandBatch(int count, bool isArray, Action<CommandBatch> completed) : IAnswerTo<Result>
{
    private readonly Result[] _results = new Result[count];
    private int _missing = count;

    public bool IsArray => isArray;

    /// <summary>All places are filled.</summary>
    public bool IsComplete => Volatile.Read(ref _missing) == 0;

    /// <summary>Why some could not be answered; null when all were.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Valid once complete and without a failure.</summary>
    public IReadOnlyList<Result> Results => _results;

    public void Answer(long tag, in Result answer)
    {
        _results[tag] = answer;
        Fill();
    }

    public void Fail(long tag, Failure failure)
    {
        Failure = failure;
        Fill();
    }

    private void Fill()
    {
        if (Interlocked.Decrement(ref _missing) == 0) { completed(this); }
    }
}

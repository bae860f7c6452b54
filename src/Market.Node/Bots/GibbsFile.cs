using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Market.Node.Bots;

/// <summary>A file of posts cannot be used. The message names file and line, and says what would be right.</summary>
public sealed class GibbsFileException : Exception
{
    public GibbsFileException(string message) : base(message) { }

    public GibbsFileException() { }

    public GibbsFileException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>A file of posts, one JSON object a line, in UTF-8. Read line by line, never held as a whole; blank lines mean nothing.</summary>
public static class GibbsFile
{
    /// <summary>Longest line, in bytes: far above any post with whatever else an export says of it.</summary>
    private const int MaxLineBytes = 64 * 1024;

    /// <summary>Reads the file from its start.</summary>
    /// <exception cref="GibbsFileException">It cannot be read, or a line of it is no post.</exception>
    public static async IAsyncEnumerable<GibbLine> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var file = Open(path);
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: MaxLineBytes));
        var number = 0L;
        for (var completed = false; !completed;)
        {
            var read = await reader.ReadAsync(cancel);
            completed = read.IsCompleted;
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, completed, out var line))
            {
                number++;
                RequireShort(line, path, number);
                if (GibbLine.Read(line, isFirst: number == 1, out var problem) is { } gibb) { yield return gibb; }
                if (problem is not null) { throw new GibbsFileException($"{path}:{number}: {problem}"); }
            }
            RequireShort(rest, path, number + 1);
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static void RequireShort(in ReadOnlySequence<byte> line, string path, long number)
    {
        if (line.Length > MaxLineBytes) { throw new GibbsFileException($"{path}:{number}: a line of at most {MaxLineBytes} bytes is needed."); }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new GibbsFileException($"{path}: a file of posts that can be read is needed: {failed.Message}", failed);
        }
    }

    /// <summary>Takes the next line off the buffer; the last one needs no line feed.</summary>
    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }
        line = buffer;
        if (!isLast || buffer.IsEmpty) { return false; }
        buffer = buffer.Slice(buffer.End);
        return true;
    }
}

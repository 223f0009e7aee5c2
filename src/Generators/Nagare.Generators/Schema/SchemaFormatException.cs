using System;

namespace Nagare.Schema;

/// <summary>A line of <c>nagare.schema</c> that cannot be read.</summary>
/// <param name="line">Its number, from 1.</param>
/// <param name="problem">What is wrong and what to do, in one line.</param>
internal sealed class SchemaFormatException(int line, string problem) : Exception($"{SchemaLock.FileName} line {line}: {problem}")
{
    /// <summary>The line's number, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong and what to do.</summary>
    public string Problem { get; } = problem;
}
